/** The engine of ours: same API, same toxics, nothing to install. */

import { startEngineThread } from "../embedded/start-thread.ts";
import type { EngineKind } from "../engine.ts";

export default {
  name: "embedded",
  availability: () => Promise.resolve({ available: true, detail: "built in" }),
  async start({ seed }) {
    const engine = await startEngineThread(seed);
    return { name: "embedded", url: engine.url, external: false, extended: true, stop: () => engine.close() };
  },
} satisfies EngineKind;

/** The engine of ours: same API, same toxics, nothing to install. */

import { startEngineThread } from "../embedded/start-thread.ts";
import type { EngineKind } from "../engine.ts";

export default {
  name: "embedded",
  availability: () => Promise.resolve({ available: true, detail: "built in" }),
  async start({ seed }) {
    const engine = await startEngineThread(seed);
    const { url, threads } = engine;
    return { name: "embedded", url, external: false, extended: true, threads, stop: () => engine.close() };
  },
} satisfies EngineKind;

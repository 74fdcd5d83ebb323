/** The engine of ours: same API, same toxics, nothing to install. */

import { startEmbedded } from "../embedded/embedded.ts";
import type { EngineKind } from "../engine.ts";

export default {
  name: "embedded",
  availability: () => Promise.resolve({ available: true, detail: "built in" }),
  async start({ seed }) {
    const engine = await startEmbedded({ seed });
    return { name: "embedded", url: engine.url, external: false, stop: () => engine.close() };
  },
} satisfies EngineKind;

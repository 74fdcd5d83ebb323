/** The engine of ours: same API, same toxics, nothing to install. */

import { randomUUID } from "node:crypto";
import { startEngineThread } from "../../../toxiproxy/start-thread.ts";
import type { EngineKind } from "../engine.ts";

export default {
  name: "embedded",
  availability: () => Promise.resolve({ available: true, detail: "built in" }),
  async start({ seed }) {
    const engine = await startEngineThread(seed, randomUUID());
    const { url, threads } = engine;
    return {
      name: "embedded",
      url,
      external: false,
      extended: true,
      guarded: true,
      threads,
      stop: () => engine.close(),
    };
  },
} satisfies EngineKind;

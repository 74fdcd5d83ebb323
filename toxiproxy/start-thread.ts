/**
 * Runs the engine in a thread of its own. On the main thread the start of another run's worker would stop every byte
 * under way (80 ms were seen, 20 s of incident at x240), and in a run's own thread a busy mock would; a proxy under
 * load would disturb either in turn.
 */

import { once } from "node:events";
import module from "node:module";
import { Worker } from "node:worker_threads";
import { siblingModule } from "../core/sibling-module.ts";
import type { Embedded } from "./embedded.ts";
import type { EngineThread, EngineThreadStart } from "./thread.ts";

/** @param secret See `EmbeddedOptions`. */
export async function startEngineThread(seed: string, secret?: string): Promise<Embedded & EngineThread> {
  const workerData: EngineThreadStart = { seed, secret, compileCache: module.getCompileCacheDir() };
  const thread = new Worker(siblingModule(import.meta.url, "thread"), { workerData });
  // An error in the thread is a bug of ours: unhandled here, it ends Firedrill as one.
  const exited = once(thread, "exit");
  const [started] = (await once(thread, "message")) as [EngineThread];
  return {
    ...started,
    async close() {
      thread.postMessage("stop");
      await exited;
    },
  };
}

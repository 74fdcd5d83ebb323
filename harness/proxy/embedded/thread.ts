/** The engine's own thread: says its URL once it listens, ends when told to. See `start-thread.ts`. */

import { once } from "node:events";
import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { thisThread, type Threads } from "../../process/cpu-wait.ts";

export interface EngineThreadStart {
  seed: string;
  compileCache: string | undefined;
}

/** What it says once it listens. */
export interface EngineThread {
  url: string;
  threads: Threads;
}

if (parentPort !== null) {
  const { seed, compileCache } = workerData as EngineThreadStart;
  // Before anything large is loaded.
  if (compileCache !== undefined) module.enableCompileCache(compileCache);
  const { startEmbedded } = await import("./embedded.ts");
  const engine = await startEmbedded({ seed });
  const stop = once(parentPort, "message");
  parentPort.postMessage({ url: engine.url, threads: thisThread() } satisfies EngineThread);
  await stop;
  await engine.close();
  parentPort.close();
}

/** The engine's own thread: reports its URL once it listens, ends when asked to. See `start-thread.ts`. */

import { once } from "node:events";
import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { thisThread, type Threads } from "../core/threads.ts";

export interface EngineThreadStart {
  seed: string;
  secret: string | undefined;
  compileCache: string | undefined;
}

/** What it says once it listens. */
export interface EngineThread {
  url: string;
  threads: Threads;
}

if (parentPort !== null) {
  const { seed, secret, compileCache } = workerData as EngineThreadStart;
  // Before anything large is loaded.
  if (compileCache !== undefined) module.enableCompileCache(compileCache);
  const { startEmbedded } = await import("./embedded.ts");
  const engine = await startEmbedded({ seed, ...(secret === undefined ? {} : { secret }) });
  const stop = once(parentPort, "message");
  parentPort.postMessage({ url: engine.url, threads: thisThread() } satisfies EngineThread);
  await stop;
  await engine.close();
  parentPort.close();
}

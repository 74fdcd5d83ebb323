/** The engine's own thread: says its URL once it listens, ends when told to. See `start-thread.ts`. */

import { once } from "node:events";
import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";

export interface EngineThreadStart {
  seed: string;
  compileCache: string | undefined;
}

if (parentPort !== null) {
  const { seed, compileCache } = workerData as EngineThreadStart;
  // Before anything large is loaded.
  if (compileCache !== undefined) module.enableCompileCache(compileCache);
  const { startEmbedded } = await import("./embedded.ts");
  const engine = await startEmbedded({ seed });
  const stop = once(parentPort, "message");
  parentPort.postMessage(engine.url);
  await stop;
  await engine.close();
  parentPort.close();
}

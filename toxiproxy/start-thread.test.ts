/** The engine keeps out of everybody's event loop. */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { seconds } from "../core/units.ts";
import { startEngineThread } from "./start-thread.ts";
import type { RoundTrips } from "./testing/round-trips.ts";

test("bytes go through while the thread that started it is busy", async () => {
  const engine = await startEngineThread("1");
  const shared = new SharedArrayBuffer(4);
  const workerData: RoundTrips = { engineUrl: engine.url, count: 500, shared };
  const worker = new Worker(new URL("./testing/round-trips.ts", import.meta.url), { workerData });
  const state = new Int32Array(shared);
  const connected = Atomics.waitAsync(state, 0, 0);
  await connected.value;
  // Nothing in this thread runs from here until the worker is done, or the patience is over.
  expect(Atomics.wait(state, 0, 1, seconds(30))).not.toBe("timed-out");
  expect(Atomics.load(state, 0)).toBe(2);
  await once(worker, "exit");
  await engine.close();
  await expect(fetch(`${engine.url}/version`)).rejects.toThrow();
});

// Timers, a server and its client, worker threads and a child: what Node does with time. One JSON line says what it saw.
import { execFile } from "node:child_process";
import { createServer, get } from "node:http";
import { setTimeout } from "node:timers";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";

const begun = Date.now();
const startDate = new Date().toISOString();
const order = [];
await Promise.all([300, 100, 200].map(async (seconds) => (await wait(seconds * 1_000), order.push(seconds))));

const server = createServer((_, response) => setTimeout(() => response.end("x"), 150)).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const answersMs = [];
for (let i = 0; i < 20; i += 1) {
  const sent = performance.now();
  await new Promise((resolve, reject) =>
    get({ port: server.address().port, host: "127.0.0.1" }, (response) => response.resume().once("end", resolve)).once(
      "error",
      reject,
    ),
  );
  answersMs.push(performance.now() - sent);
}
server.close();
server.closeAllConnections();

const silent = createServer(() => undefined).listen(0, "127.0.0.1");
await new Promise((resolve) => silent.once("listening", resolve));
const asked = performance.now();
const aborted = await globalThis
  .fetch(`http://127.0.0.1:${silent.address().port}`, { signal: AbortSignal.timeout(60_000) })
  .catch((error) => error.name);
const abortedMs = performance.now() - asked;
silent.close();
silent.closeAllConnections();

const sleeping = performance.now();
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000);
const atomicsMs = performance.now() - sleeping;
const working = performance.now();
const worker = new Worker('require("node:worker_threads").parentPort.postMessage(0); setTimeout(() => {}, 60_000)', {
  eval: true,
});
await new Promise((resolve) => worker.once("exit", resolve));
const workerMs = performance.now() - working;
const starting = performance.now();
await promisify(execFile)("sleep", ["120"]);
const childMs = performance.now() - starting;
console.log(
  JSON.stringify({
    startDate,
    order,
    answersMs,
    aborted,
    abortedMs,
    atomicsMs,
    workerMs,
    childMs,
    allMs: Date.now() - begun,
  }),
);

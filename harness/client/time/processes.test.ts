/** The other threads and processes of a client are on its clock: workers, forks, programs it spawns, a Python client. */

import { beforeAll, describe, expect, test } from "vitest";
import { available } from "../../../test/support/requirements.ts";
import { providers, timedChildren, type TimedChild } from "../../../test/support/timed-child.ts";
import { faketime } from "./faketime.ts";
import { preload } from "./preload.ts";

const compression = 60;
const child = timedChildren();

/** What a worker or child reports: its date at the start and how long its own 20 s took it. */
const life = `const date = Date.now(), from = performance.now(); setTimeout(() => report({ date, waitedMs: performance.now() - from, datedMs: Date.now() - date }), 20000);`;
const inWorker = (options: string): string =>
  `const { Worker } = require("worker_threads");
   const worker = new Worker(${JSON.stringify(`const { parentPort } = require("worker_threads"); const report = (it) => parentPort.postMessage(it); ${life}`)}, { eval: true, ${options} });
   const [reported] = await once(worker, "message");`;

const relatives = [
  ["a worker thread", inWorker("")],
  ["a worker thread with an environment that extends the client's", inWorker("env: { ...process.env, MORE: '1' }")],
  ["a worker thread with arguments of its own", inWorker("execArgv: []")],
  [
    "a worker thread that is a module",
    `const { Worker } = require("worker_threads");
     const code = ${JSON.stringify(`import { parentPort } from "node:worker_threads"; const report = (it) => parentPort.postMessage(it); ${life}`)};
     const [reported] = await once(new Worker(new URL("data:text/javascript," + encodeURIComponent(code))), "message");`,
  ],
  [
    "a child that it spawns",
    `const { execFile } = require("child_process");
     const reported = JSON.parse((await promisify(execFile)(process.execPath, ["-e", ${JSON.stringify(`const report = (it) => console.log(JSON.stringify(it)); ${life}`)}])).stdout);`,
  ],
  [
    "a child that it forks",
    `const { fork } = require("child_process");
     const path = require("path").join(require("os").tmpdir(), "firedrill-fork-" + process.pid + ".cjs");
     require("fs").writeFileSync(path, ${JSON.stringify(`const report = (it) => process.send(it, () => process.disconnect()); ${life}`)});
     const forked = fork(path);
     const [reported] = await once(forked, "message");
     require("fs").rmSync(path);`,
  ],
] as const;

describe.each(providers)("under $provider.name", ({ provider, present, mayBeEarlyMs }) => {
  let node: TimedChild;
  beforeAll(async () => {
    if (present) node = await child(provider, { compression });
  });

  test.skipIf(!present).each(relatives)("%s has the client's clock", async (_who, run) => {
    const { reported, before, after } = await node.ask<{
      reported: { date: number; waitedMs: number; datedMs: number };
      before: number;
      after: number;
    }>(`const before = Date.now(); ${run} return { reported, before, after: Date.now() }`);
    expect(reported.date).toBeGreaterThanOrEqual(before - 1);
    expect(reported.waitedMs).toBeGreaterThanOrEqual(20_000 - mayBeEarlyMs * compression);
    // Its date and its timer end before ours, so a clock of another speed or date would not fit in between.
    expect(reported.date + reported.datedMs).toBeLessThanOrEqual(after + 1);
    // The date is read before and after the timer, so it has seen at least as much pass.
    expect(reported.datedMs).toBeGreaterThanOrEqual(reported.waitedMs - 1);
  });

  test.skipIf(!present)("a child's time limit is incident time", async () => {
    const waitedMs = await node.ask<number>(`
      const from = performance.now();
      const error = await promisify(require("child_process").execFile)(process.execPath, ["-e", "setInterval(() => {}, 1e9)"], { timeout: 60000 }).catch((e) => e);
      if (error.killed !== true) throw error;
      return performance.now() - from;`);
    expect(waitedMs).toBeGreaterThanOrEqual(60_000 - mayBeEarlyMs * compression);
  });
});

test("the preload leaves out a worker that is given an environment of its own", async () => {
  const node = await child(preload, { compression });
  const date = await node.ask<number>(`${inWorker("env: {}").replaceAll("20000", "1")} return reported.date`);
  expect(date).toBeGreaterThan(node.clock.now() + 1e9);
});

/** Evaluates each line as the body of an async function, like the Node child. */
const python = `
import asyncio, datetime, json, socket, sys, time
def failure(call, *args):
    try: call(*args)
    except Exception as error: return error
async def main():
    reader, writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]), limit=2**20)
    while line := (await reader.readline()).decode():
        scope = dict(globals())
        exec("async def run():\\n" + "\\n".join("    " + part for part in line.strip().split(";; ")), scope)
        writer.write((json.dumps(await scope["run"]()) + "\\n").encode())
asyncio.run(main())
`;

describe("a Python asyncio client under faketime", () => {
  const present = available("faketime") && available("python3");
  const longMs = 20_000;
  let client: TimedChild;
  beforeAll(async () => {
    if (present) client = await child(faketime, { compression, argv: ["python3", "-c", python] });
  });

  test.skipIf(!present)("its date and time zone are the incident's", async () => {
    const before = client.clock.now();
    const [date, hour] = await client.ask<[number, number]>(
      "now = datetime.datetime.now();; return [time.time() * 1000, now.hour]",
    );
    // The start of the gate's shell is known no better than this.
    const bandMs = (client.startMs + 1) * compression;
    expect(date).toBeGreaterThanOrEqual(before - bandMs);
    expect(date).toBeLessThanOrEqual(client.clock.now() + bandMs);
    expect(hour).toBe(new Date(date + 4 * 3_600_000).getUTCHours());
  });

  test.skipIf(!present).each([
    ["asyncio.sleep", `await asyncio.sleep(${longMs / 1_000})`],
    ["time.sleep", `time.sleep(${longMs / 1_000})`],
    [
      "asyncio.wait_for",
      `await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=${longMs / 1_000})`,
    ],
    [
      "loop.call_later",
      `done = asyncio.Event();; asyncio.get_running_loop().call_later(${longMs / 1_000}, done.set);; await done.wait()`,
    ],
    [
      "a socket's timeout",
      `left, right = socket.socketpair();; left.settimeout(${longMs / 1_000});; await asyncio.to_thread(failure, left.recv, 1)`,
    ],
  ])("%s waits in incident time", async (_what, wait) => {
    const waitedMs = await client.ask<number>(
      `started = time.monotonic();; ${wait};; return (time.monotonic() - started) * 1000`,
    );
    expect(waitedMs).toBeGreaterThanOrEqual(longMs - 1.5 * compression);
  });
});

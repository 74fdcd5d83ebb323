/**
 * What the stream base is worth: the same messages fanned out by it and by a plain `ws` send loop, in turns in one run,
 * as ratios; and what an idle subscriber weighs. Clients are raw sockets in another process, so that their reading is
 * not measured. Run with `node bench/exchange-stream.ts`.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { WebSocketServer } from "ws";
import { wallClock } from "../core/clock.ts";
import { Journal } from "../core/journal/journal.ts";
import { random } from "../core/random.ts";
import { Frame } from "../mock-exchange/stream/frame.ts";
import { startStreamListener } from "../mock-exchange/stream/listener.ts";

const clientFile = fileURLToPath(new URL("./lib/raw-subscribers.mjs", import.meta.url));
const rounds = 5;
setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;
const sample = (at: number): string =>
  `{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1790134712150,"data":{"s":"BTCUSDT","b":[["86723.30","0"]],"a":[["86723.50","${at}.959"],["86723.60","0.320"]],"u":${at},"seq":814547787700},"cts":1790134712147}`;

async function subscribers(port: number, count: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [clientFile, String(port), String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

/** CPU seconds of this process for so many ticks; the event loop turns after each, as between two real ticks. */
async function cost(ticks: number, tick: (at: number) => void): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < ticks; at += 1) {
    tick(at);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

async function compare(count: number, perTick: number): Promise<void> {
  const ours = await startStreamListener({
    endpoint: "exchange-public",
    clock: wallClock,
    journal: new Journal(wallClock),
    random: random(1),
    idSuffix: "b",
    maxBufferedBytes: 2 ** 30,
    sessionFor: () => () => ({ receive: () => undefined, refuse: () => undefined, closed: () => undefined }),
  });
  const plain = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  await once(plain, "listening");
  const children = [
    await subscribers(ours.port, count),
    await subscribers((plain.address() as AddressInfo).port, count),
  ];
  const texts = Array.from({ length: perTick }, (_, at) => sample(at));
  const ticks = Math.max(20, Math.round(40_000 / (count * perTick)));
  const loop = (): void => {
    for (const client of plain.clients) for (const text of texts) client.send(text);
  };
  const base = (): void => {
    const frames = texts.map((text) => new Frame(text));
    for (const frame of frames) for (const socket of ours.sockets) socket.publish("orderbook.50.BTCUSDT", frame);
  };
  await cost(ticks, loop);
  await cost(ticks, base);
  const ratios: number[] = [];
  let rate = 0;
  for (let round = 0; round < rounds; round += 1) {
    const [theirs, own] = [await cost(ticks, loop), await cost(ticks, base)];
    ratios.push(theirs / own);
    rate = Math.max(rate, (ticks * count * perTick) / own);
  }
  console.log(
    `${String(count).padStart(5)} subscribers, ${String(perTick).padStart(2)} a tick: ${median(ratios).toFixed(2)} x the loop` +
      ` (${Math.round(rate / 1_000)} k messages a CPU second)`,
  );
  for (const child of children) child.kill();
  plain.close();
  await ours.close();
}

async function idleMemory(count: number): Promise<void> {
  const ours = await startStreamListener({
    endpoint: "exchange-public",
    clock: wallClock,
    journal: { write: (() => undefined) as never },
    random: random(1),
    idSuffix: "b",
    sessionFor: () => () => ({ receive: () => undefined, refuse: () => undefined, closed: () => undefined }),
  });
  gc();
  const before = process.memoryUsage().rss;
  const child = await subscribers(ours.port, count);
  gc();
  const each = (process.memoryUsage().rss - before) / count / 1_024;
  console.log(`${String(ours.sockets.size)} idle subscribers: ${each.toFixed(1)} KB each`);
  child.kill();
  await ours.close();
}

// Memory first: what later rounds leave behind would be counted as room that was there.
await idleMemory(5_000);
for (const count of [1, 100, 1_000]) for (const perTick of [1, 10]) await compare(count, perTick);

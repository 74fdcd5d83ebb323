/** Subscribers as bare TCP sockets that throw away what they read, in another process so that it is not measured. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { wallClock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { random } from "../../core/random.ts";
import { startStreamListener, type StreamListener } from "../../mock-exchange/stream/listener.ts";

const file = fileURLToPath(new URL("./subscribers.mjs", import.meta.url));

/** The stream's base as every stream of the exchange uses it, with nobody who answers on it. */
export const streamBase = (
  maxBufferedBytes?: number,
  journal: JournalSink = new Journal(wallClock),
): Promise<StreamListener> =>
  startStreamListener({
    ...{ endpoint: "exchange-public", clock: wallClock, journal, random: random("bench") },
    ...{ idSuffix: "b", ...(maxBufferedBytes === undefined ? {} : { maxBufferedBytes }) },
    sessionFor: () => () => ({ receive: () => undefined, refuse: () => undefined, closed: () => undefined }),
  });

/** Resolves when all are connected. @param reading False leaves everything unread after the upgrade. */
export async function subscribers(port: number, count: number, reading = true): Promise<ChildProcess> {
  const child = spawn(process.execPath, [file, String(port), String(count), String(reading)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

/** What a tick carries: book deltas of ordinary size. */
export const message = (at: number): string =>
  `{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1790134712150,"data":{"s":"BTCUSDT","b":[["86723.30","0"]],"a":[["86723.50","${at}.959"],["86723.60","0.320"]],"u":${at},"seq":814547787700},"cts":1790134712147}`;

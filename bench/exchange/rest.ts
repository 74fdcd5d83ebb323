/**
 * REST: `GET /v5/market/tickers?category=linear&symbol=BTCUSDT` of the exchange, of a bare Fastify route and of a bare
 * `node:http` server. The bare ones find a ticker that lies ready by its symbol and return the same envelope as an
 * object that is serialised for them, as anyone would write it; the exchange reads the market, asks for faults and
 * writes each request to a journal on disk, as in a run. Only its rate limit is off: it would end this after 600.
 */

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Fastify from "fastify";
import { wallClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { futureTicker } from "../../mock-exchange/market/views/future-ticker.ts";
import { startExchange } from "../../mock-exchange/server.ts";
import { collect, cpuMs, median, type Row } from "./measure.ts";

const symbol = "BTCUSDT";
const path = `/v5/market/tickers?category=linear&symbol=${symbol}`;
/** Short turns, many of them: what else the machine does then meets all three alike. */
const requestsPerTurn = 500;
const turns = 60;
const warmUpTurns = 12;

type Ticker = Record<string, string>;

export async function rest(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "firedrill-bench-"));
  const journal = new Journal(wallClock, join(folder, "journal.ndjson"));
  const exchange = await startExchange({ clock: wallClock, journal, symbols: [symbol], keys: [], limited: false });
  const listing = exchange.state.market.listing("linear", symbol);
  if (listing === undefined) throw new Error(`there is no ${symbol}`);
  const tickers = new Map([[symbol, futureTicker(listing)]]);
  const fastify = await bareFastify(tickers);
  const http = await bareHttp(tickers);
  const load = fork(fileURLToPath(new URL("./load.ts", import.meta.url)));
  const sides = { exchange: exchange.restUrl, fastify: fastify.url, http: http.url };
  const ask = (url: string): Promise<void> => turn(load, `${url}${path}`);
  const perSecond: Record<keyof typeof sides, number[]> = { exchange: [], fastify: [], http: [] };
  try {
    for (let round = -warmUpTurns; round < turns; round += 1) {
      if (round % 10 === 0) collect();
      const inTurn = Object.entries(sides) as [keyof typeof sides, string][];
      for (const [name, url] of round % 2 === 0 ? inTurn : inTurn.toReversed()) {
        const took = await cpuMs(() => ask(url));
        if (round >= 0) perSecond[name].push((requestsPerTurn / took) * 1_000);
      }
    }
  } finally {
    load.kill();
    await Promise.all([exchange.close(), fastify.close(), http.close()]);
    await journal.close();
    await rm(folder, { recursive: true });
  }
  const to = (other: "fastify" | "http"): number =>
    median(perSecond.exchange.map((rate, round) => rate / (perSecond[other][round] ?? NaN)));
  const rates = (Object.keys(sides) as (keyof typeof sides)[]).map(
    (name) => `${name} ${Math.round(median(perSecond[name]))}`,
  );
  return [
    { what: "REST, requests a CPU second", figure: rates.join(", ") },
    {
      ...{ what: "REST to bare Fastify", figure: `${to("fastify").toFixed(2)} x` },
      ...{ bar: "at least 0.8 x", held: to("fastify") >= 0.8 },
    },
    { what: "REST to node:http", figure: `${to("http").toFixed(2)} x` },
  ];
}

async function turn(load: ChildProcess, url: string): Promise<void> {
  load.send({ url, requests: requestsPerTurn });
  const [message] = (await once(load, "message")) as [string];
  if (message !== "done") throw new Error(`the clients of ${url} failed: ${message}`);
}

const reply = (ticker: Ticker): object => ({
  ...{ retCode: 0, retMsg: "OK", result: { category: "linear", list: [ticker] }, retExtInfo: {}, time: Date.now() },
});

async function bareFastify(tickers: ReadonlyMap<string, Ticker>): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify({ forceCloseConnections: true });
  app.get<{ Querystring: { symbol: string } }>("/v5/market/tickers", (request, answer) => {
    void answer.send(reply(tickers.get(request.query.symbol) ?? {}));
  });
  return { url: await app.listen({ host: "127.0.0.1", port: 0 }), close: () => app.close() };
}

async function bareHttp(tickers: ReadonlyMap<string, Ticker>): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, answer) => {
    const { searchParams } = new URL(request.url ?? "", "http://host");
    const body = JSON.stringify(reply(tickers.get(searchParams.get("symbol") ?? "") ?? {}));
    answer.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(body),
    });
    answer.end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

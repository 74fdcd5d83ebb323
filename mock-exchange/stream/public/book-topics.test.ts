/** The kinds of book that are not a plain depth, and what stands between a book and the REST reply that it belongs to. */

import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentClock } from "../../../core/clock.ts";
import { Journal } from "../../../core/journal/journal.ts";
import { startExchange, type Exchange } from "../../server.ts";
import { PublicClient, type Json } from "../../testing/public-client.ts";

interface Book {
  s: string;
  b: string[][];
  a: string[][];
  u: number;
  seq: number;
}

let exchange: Exchange;
const clients: PublicClient[] = [];

beforeEach(async () => {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 60 });
  exchange = await startExchange({ clock, journal: new Journal(clock), symbols: [], keys: [], marketStepMs: 1_000 });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.ws.terminate();
  await exchange.close();
});

async function subscribed(category: string, ...args: string[]): Promise<PublicClient> {
  const client = new PublicClient(`${exchange.publicUrl}/v5/public/${category}`);
  clients.push(client);
  await once(client.ws, "open");
  client.send({ op: "subscribe", args });
  return client;
}

const rest = async (path: string): Promise<Book> =>
  ((await (await fetch(`${exchange.restUrl}/v5/market/${path}`)).json()) as { result: Book }).result;

const books = (client: PublicClient, topic: string): Book[] =>
  client.frames.filter((frame) => frame.topic === topic).map((frame) => frame.data as Book);

/** A book as a client keeps it: price to the rest of its row; a row whose sizes are all zero is gone. */
function applied(start: Book, changes: readonly Book[]): { b: string[][]; a: string[][] } {
  const side = (key: "b" | "a", away: 1 | -1): string[][] => {
    const rows = new Map(start[key].map((row) => [row[0], row]));
    for (const change of changes) {
      for (const row of change[key]) {
        if (row.slice(1).every((size) => size === "0")) rows.delete(row[0]);
        else rows.set(row[0], row);
      }
    }
    return [...rows.values()].sort(([x], [y]) => away * (Number(x) - Number(y)));
  };
  return { b: side("b", -1), a: side("a", 1) };
}

test("the whole book is deltas only, and they join its REST snapshot at the same u and seq", async () => {
  const topic = "orderbook.full.BTCUSDT";
  const client = await subscribed("spot", topic, "orderbook.1000.BTCUSDT");
  await client.topics(topic, 3);
  const start = await rest("full_orderbook?category=spot&symbol=BTCUSDT&limit=10000");
  const frames = await client.topics(topic, 40);
  expect(new Set(frames.map(({ type }) => type))).toEqual(new Set(["delta"]));
  expect(Object.keys(frames[0] ?? {}).join()).toBe("topic,ts,type,data,cts");
  const end = await rest("full_orderbook?category=spot&symbol=BTCUSDT&limit=10000");
  await client.next((frame) => frame.topic === topic && (frame.data as Book).u >= end.u);
  const deltas = books(client, topic);
  expect(deltas.every(({ u }, at) => at === 0 || u === (deltas[at - 1]?.u ?? 0) + 1)).toBe(true);
  expect(deltas.find(({ u }) => u === end.u)?.seq).toBe(end.seq);
  const between = deltas.filter(({ u }) => u > start.u && u <= end.u);
  expect(between.length).toBeGreaterThan(10);
  expect(applied(start, between)).toEqual({ b: end.b, a: end.a });
});

test("the book with retail orders has three values a level, and REST agrees at the same u", async () => {
  const topic = "orderbook.rpi.ETHUSDT";
  const client = await subscribed("linear", topic, "orderbook.50.ETHUSDT");
  await client.topics(topic, 10);
  const end = await rest("rpi_orderbook?category=linear&symbol=ETHUSDT");
  await client.next((frame) => frame.topic === topic && (frame.data as Book).u >= end.u);
  const [start, ...deltas] = books(client, topic);
  if (start === undefined) throw new Error("no snapshot");
  expect([...start.b, ...start.a].every((row) => row.length === 3)).toBe(true);
  expect([start.b.length, start.a.length]).toEqual([50, 50]);
  expect(
    applied(
      start,
      deltas.filter(({ u }) => u <= end.u),
    ),
  ).toEqual({ b: end.b, a: end.a });
});

test("a u comes with one seq, at every depth and by REST", async () => {
  const client = await subscribed("linear", "orderbook.1.THINUSDT", "orderbook.1000.THINUSDT");
  await client.topics("orderbook.1.THINUSDT", 8);
  for (const topic of ["orderbook.1.THINUSDT", "orderbook.1000.THINUSDT"]) {
    const seen = books(client, topic);
    const seqs = new Map(seen.map(({ u, seq }) => [u, seq]));
    expect(seen.filter(({ u, seq }) => seqs.get(u) !== seq)).toEqual([]);
    expect(seen.every(({ seq }, at) => at === 0 || seq >= (seen[at - 1]?.seq ?? 0))).toBe(true);
  }
  const { u, seq } = await rest("orderbook?category=linear&symbol=THINUSDT");
  await client.next((frame) => frame.topic === "orderbook.1000.THINUSDT" && (frame.data as Book).u >= u);
  expect(books(client, "orderbook.1000.THINUSDT").find((book) => book.u === u)?.seq).toBe(seq);
});

const refusal = async (category: string, topic: string): Promise<string> => {
  const client = await subscribed(category, topic);
  return String((await client.next((frame) => "success" in frame)).ret_msg);
};

test.each([
  ["linear", "orderbook.full.BTCUSDT"],
  ["spot", "adlAlert.USDT"],
  ["linear", "adlAlert"],
  ["linear", "insurance.inverse"],
  ["linear", "system.status"],
  ["misc/status", "tickers.BTCUSDT"],
])("%s has no %s", async (category, topic) => {
  expect(await refusal(category, topic)).toBe(`error:handler not found,topic:${topic}`);
});

test.each([
  ["linear", "insurance.USDT"],
  ["linear", "insurance.USDC"],
  ["inverse", "insurance.inverse"],
  ["misc/status", "system.status"],
])("%s accepts %s, which has nothing to push", async (category, topic) => {
  expect(await refusal(category, topic)).toBe("");
});

test("adlAlert reports all contracts that settle alike once a second, as REST does", async () => {
  const client = await subscribed("inverse", "adlAlert.inverse");
  const frames = await client.topics("adlAlert.inverse", 3);
  const times = frames.map(({ ts }) => Number(ts));
  expect(times.every((ts, at) => at === 0 || ts - (times[at - 1] ?? 0) >= 1_000)).toBe(true);
  const reply = (await (await fetch(`${exchange.restUrl}/v5/market/adlAlert?symbol=BTCUSD`)).json()) as {
    result: { list: Json[] };
  };
  const [byRest] = reply.result.list;
  const byStream = (frames[0]?.data as Json[]).find(({ s }) => s === "BTCUSD");
  expect(byStream).toEqual({
    ...{ c: "BTC", s: "BTCUSD", b: Number(byRest?.balance), mb: Number(byRest?.maxBalance) },
    ...{ i_pr: -0.3, pr: 0, adl_tt: 10_000, adl_sr: -0.25 },
  });
});

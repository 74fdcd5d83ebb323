/** Replies that are wrong: pages, error codes, broken JSON, and successes that hold too little. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes, seconds } from "../../../core/units.ts";
import { openWires, tickers, time, type Wires } from "../../testing/wire.ts";
import type { RestRule } from "./rule.ts";

let wires: Wires;
const ttlMs = minutes(60);
beforeEach(async () => void (wires = await openWires()));
afterEach(() => wires.close());

type Envelope = { retCode: number; retMsg: string; result: Record<string, unknown>; time: number };
const fetchText = async (path: string) => {
  const response = await fetch(`${wires.exchange.restUrl}${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const ask = async (path: string) => JSON.parse((await fetchText(path)).text) as Envelope;
const arm = (action: RestRule["action"], match: RestRule["match"] = {}) => wires.rest.arm({ match, action, ttlMs });
const last = () => wires.journal.view().last("exchange.request");
const tickersPath = "/v5/market/tickers?category=linear&symbol=BTCUSDT";
const bars = "/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&limit=1000";

test.each([
  [403, "403 Forbidden"],
  [502, "502 Bad Gateway"],
  [503, "503 Service Temporarily Unavailable"],
])("status %i: a page of the gateway on every path", async (code, title) => {
  arm({ do: "status", code });
  for (const path of [tickersPath, "/v5/market/time", "/nowhere"]) {
    const { status, headers, text } = await fetchText(path);
    expect([status, headers.get("content-type")]).toEqual([code, "text/html"]);
    expect(text).toContain(`<title>${title}</title>`);
    expect(last()).toMatchObject({ outcome: "answered", executed: false, status: code, retCode: null });
  }
});

test.each([
  [{ do: "status", code: 502, executeFirst: true }, 1],
  [{ do: "status", code: 502 }, 0],
  [{ do: "html", executeFirst: true }, 1],
  [{ do: "ret-code", retCode: 10016, retMsg: "Server error.", executeFirst: true }, 1],
  [{ do: "empty-body" }, 1],
] as const)("%o instead of an order's reply: %i orders", async (action, orders) => {
  arm(action, { path: "/v5/order/create", symbol: "BTCUSDT", category: "linear", signed: true });
  await (await wires.dial()).send(wires.order("odd")).until("HTTP/1.1");
  expect(await wires.seen("exchange.request")).toMatchObject({ executed: orders === 1, outcome: "answered" });
  expect(wires.journal.view().all("exchange.order")).toHaveLength(orders);
});

test("requests that a fault answers count against the exchange's own limit, and whoever hammers meets it", async () => {
  // The incident stands still, or a busy machine would take more than its five seconds for all of them.
  await wires.close();
  wires = await openWires({ held: true });
  arm({ do: "status", code: 503 });
  const path = "/v5/market/time";
  for (let asked = 0; asked < 600; asked += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetchText(path)));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(503));
  }
  expect((await fetchText(path)).status).toBe(403);
  expect(wires.journal.view().all("rule.hit")).toHaveLength(600);
});

test("html: 200 with a page", async () => {
  arm({ do: "html" });
  const { status, headers, text } = await fetchText(tickersPath);
  expect([status, headers.get("content-type")]).toEqual([200, "text/html"]);
  expect(text).toMatch(/^<html>/);
  expect(last()).toMatchObject({ status: 200, retCode: null });
});

const limitHit = { do: "ret-code", retCode: 10006, retMsg: "Too many visits. Exceeded the API Rate Limit." } as const;

test.each([seconds(5), -seconds(5)])("10006 with a reset header %i ms from now", async (resetInMs) => {
  arm({ ...limitHit, resetInMs, headers: { "X-Bapi-Limit": "10" } });
  const { headers, text } = await fetchText(tickersPath);
  const { retCode, time: atMs } = JSON.parse(text) as Envelope;
  expect(retCode).toBe(10006);
  expect(Number(headers.get("x-bapi-limit-reset-timestamp")) - atMs - resetInMs).toBeOneOf([0, 1]);
  expect([headers.get("x-bapi-limit"), headers.get("x-bapi-limit-status")]).toEqual(["10", "0"]);
  expect(last()).toMatchObject({ status: 200, retCode: 10006, retMsg: limitHit.retMsg, executed: false });
  expect(last()?.resetAt).toBe(Number(headers.get("x-bapi-limit-reset-timestamp")) - wires.clock.startMs);
});

test("10006 without a reset header", async () => {
  arm(limitHit);
  const { status, headers, text } = await fetchText(tickersPath);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ retCode: 10006, retMsg: limitHit.retMsg, result: {} });
  expect(headers.get("x-bapi-limit-reset-timestamp")).toBeNull();
  expect(last()).toMatchObject({ retCode: 10006, resetAt: null });
});

test("truncate: the first bytes in right framing, so the connection goes on", async () => {
  arm({ do: "truncate", bytes: 60 }, { path: "/v5/market/tickers" });
  const wire = (await wires.dial()).send(tickers);
  const received = await wire.until('"result":');
  expect(received).toMatch(/content-length: 60\r\n/);
  expect(last()).toMatchObject({ outcome: "answered", status: 200, retCode: null, executed: true });
  expect((await wire.send(time).until("timeNano")).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  expect(wires.journal.view().all("rule.hit")).toHaveLength(1);
});

test("empty-body: 200, no body", async () => {
  arm({ do: "empty-body" });
  const { status, headers, text } = await fetchText(tickersPath);
  expect([status, headers.get("content-length"), text]).toEqual([200, "0", ""]);
  expect(headers.get("content-type")).toMatch(/json/);
});

test("empty-list: an envelope with nothing in its list, and no hit where there is none", async () => {
  arm({ do: "empty-list" });
  const whole = await ask(bars);
  expect(whole).toMatchObject({ retCode: 0, result: { symbol: "BTCUSDT", category: "linear", list: [] } });
  expect(last()).toMatchObject({ retCode: 0, empty: true });
  expect(await ask("/v5/market/time")).toMatchObject({ retCode: 0 });
  expect((await ask("/v5/market/kline?category=linear&symbol=NOPE&interval=1")).retCode).toBe(10001);
  expect(wires.journal.view().all("rule.hit")).toHaveLength(1);
});

test("keep-first: the first entries, as they were; a shorter list is not hit", async () => {
  const whole = (await ask(`${bars}&end=${Date.parse("2025-12-31")}`)).result.list as unknown[];
  expect(whole).toHaveLength(1_000);
  arm({ do: "keep-first", entries: 100 });
  expect((await ask(`${bars}&end=${Date.parse("2025-12-31")}`)).result.list).toEqual(whole.slice(0, 100));
  expect((await ask(tickersPath)).result.list).toHaveLength(1);
  expect(last()).toMatchObject({ retCode: 0, empty: false });
  expect(wires.journal.view().all("rule.hit")).toHaveLength(1);
});

test("empty-book: 0x0", async () => {
  arm({ do: "empty-book" });
  const book = await ask("/v5/market/orderbook?category=linear&symbol=BTCUSDT");
  expect(book).toMatchObject({ retCode: 0, result: { s: "BTCUSDT", a: [], b: [] } });
  expect(last()).toMatchObject({ retCode: 0, empty: true });
  expect((book.result.u as number) > 0).toBe(true);
});

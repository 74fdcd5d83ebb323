/** Which requests a rule meets and how often, and what is said of a rule that cannot be armed. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { get, openWires, tickers, time, type Wires } from "../../testing/wire.ts";
import type { RestMatch } from "./match.ts";
import type { RestRule } from "./rule.ts";

let wires: Wires;
const ttlMs = minutes(60);
const teapot = { do: "status", code: 418, body: "tea" } as const;
beforeEach(async () => void (wires = await openWires()));
afterEach(() => wires.close());

/** What each of these requests got, in order, on one connection. */
async function statuses(texts: string[]): Promise<string[]> {
  const wire = await wires.dial();
  const already = wires.journal.view().all("exchange.request").length;
  for (const [index, text] of texts.entries()) {
    wire.send(text);
    await wire.until(new RegExp(`(HTTP/1\\.1 \\d+[^]*){${index + 1}}`));
  }
  await wires.seen(
    "exchange.request",
    () => wires.journal.view().all("exchange.request").length === already + texts.length,
  );
  return [...wire.received().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? "");
}

const spot = get("/v5/market/tickers?category=spot&symbol=BTCUSDT");
const index = get("/v5/market/index-price-kline?category=linear&symbol=BTCUSDT&interval=1");
const all = (): string[] => [time, tickers, spot, index, wires.order("one"), get("/nowhere")];

test.each<[RestMatch, string[]]>([
  [{}, ["418", "418", "418", "418", "418", "418"]],
  [{ path: "/v5/market/tickers" }, ["200", "418", "418", "200", "200", "404"]],
  [{ path: "/v5/market" }, ["200", "200", "200", "200", "200", "404"]],
  [{ path: "/v5/*-kline" }, ["200", "200", "200", "418", "200", "404"]],
  [{ path: "*" }, []],
  [{ method: "POST" }, ["200", "200", "200", "200", "418", "404"]],
  [{ category: "spot" }, ["200", "200", "418", "200", "200", "404"]],
  [{ symbol: "BTCUSDT" }, ["200", "418", "418", "418", "418", "404"]],
  [{ symbol: "BTCUSDT", category: "linear", path: "/v5/m*" }, ["200", "418", "200", "418", "200", "404"]],
  [{ signed: true }, ["200", "200", "200", "200", "418", "404"]],
  [{ signed: false, method: "GET", symbol: "BTCUSDT" }, ["200", "418", "418", "418", "200", "404"]],
  [{ abovePerSecond: 4 }, ["200", "200", "200", "200", "418", "418"]],
])("%o meets what it says and leaves the rest alone", async (match, expected) => {
  if (expected.length === 0) {
    expect(() => wires.rest.arm({ match, action: teapot, ttlMs })).toThrow(/match\.path is "\*"/);
    return;
  }
  wires.rest.arm({ match, action: teapot, ttlMs });
  expect(await statuses(all())).toEqual(expected);
  const hits = expected.filter((status) => status === "418").length;
  expect(wires.journal.view().all("rule.hit")).toHaveLength(hits);
});

test("of requests that are alike only the first so many are met, however they interleave", async () => {
  wires.rest.arm({ match: { path: "/v5/market/*", firstOfEach: 2 }, action: teapot, ttlMs });
  expect(await statuses([time, tickers, tickers, spot, tickers, time, time])).toEqual([
    "418",
    "418",
    "418",
    "418",
    "200",
    "418",
    "200",
  ]);
});

test("a symbol is found in any order of a batch", async () => {
  wires.rest.arm({ match: { symbol: "ETHUSDT" }, action: teapot, ttlMs });
  const batch = (symbol: string): string => {
    const body = JSON.stringify({ category: "linear", request: [{ symbol: "BTCUSDT" }, { symbol }] });
    return `POST /v5/order/create-batch HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  expect(await statuses([batch("SOLUSDT"), batch("ETHUSDT")])).toEqual(["200", "418"]);
});

test("skip and times: on the second and third, then it is used up", async () => {
  wires.rest.arm({ action: teapot, skip: 1, times: 2, ttlMs });
  expect(await statuses([time, time, time, time])).toEqual(["200", "418", "418", "200"]);
  expect(await wires.seen("rule.ended")).toMatchObject({ why: "used-up", hits: 2 });
});

test("a rule dies after its time to live; disarm and clear end it at once", async () => {
  wires.rest.arm({ action: teapot, ttlMs: 20 });
  await wires.seen("rule.ended", ({ why }) => why === "expired");
  wires.rest.arm({ action: teapot, ttlMs }).disarm();
  wires.rest.arm({ action: teapot, ttlMs });
  wires.rest.clear();
  expect(await statuses([time])).toEqual(["200"]);
  expect(wires.journal.view().all("rule.hit")).toEqual([]);
});

test("each request is in the journal with what it asked, when it came and on which connection", async () => {
  await statuses([time, tickers]);
  const requests = wires.journal.view().all("exchange.request");
  expect(requests).toMatchObject([
    { connection: "rest-1", path: "/v5/market/time", payload: "", outcome: "answered" },
    {
      connection: "rest-1",
      path: "/v5/market/tickers",
      payload: "category=linear&symbol=BTCUSDT",
      outcome: "answered",
    },
  ]);
  for (const { at, receivedAt } of requests) expect(at).toBeGreaterThanOrEqual(receivedAt);
  const text = wires.order("reported");
  await (await wires.dial()).send(text).until('"retCode":0');
  const order = await wires.seen("exchange.request", ({ method }) => method === "POST");
  expect(order.payload).toBe(text.split("\r\n\r\n")[1]);
});

test.each<[unknown, string]>([
  [{ action: { do: "delya", ms: 1 }, ttlMs }, 'Unknown action "delya". Did you mean "delay"? Known: '],
  [
    { action: { do: "delay", msec: 1 }, ttlMs },
    'action has no "msec". Did you mean "ms"? Allowed: ms, jitterMs, executeFirst.',
  ],
  [{ action: { do: "delay", ms: "6 s" }, ttlMs }, 'action.ms is "6 s": Invalid input: expected number'],
  [{ action: { do: "hang", after: 1 }, ttlMs }, 'action has no "after". Allowed: executeFirst.'],
  [{ action: { do: "reset-before", now: true }, ttlMs }, 'action has no "now". It takes nothing here.'],
  [
    { match: { pth: "/v5" }, action: { do: "hang" }, ttlMs },
    'match has no "pth". Did you mean "path"? Allowed: on, path,',
  ],
  [
    { match: { on: "idel", idleMs: 1 }, action: { do: "reset" }, ttlMs },
    'Unknown match.on "idel". Did you mean "idle"?',
  ],
  [{ match: { on: "idle" }, action: { do: "reset" }, ttlMs }, "match.idleMs is missing: "],
  [
    { match: { on: "connect" }, action: { do: "hang" }, ttlMs },
    '"hang" cannot act on "connect". What can: close, reset.',
  ],
  [{ action: { do: "reset" }, ttlMs }, '"reset" cannot act on "request". What can: cancel-lag, '],
  [
    { match: { symbol: "BTCUSDT" }, action: { do: "reset-mid-request" }, ttlMs },
    '"reset-mid-request" acts before a body is read, so it cannot match a symbol or category. Match the path.',
  ],
  [{ action: { do: "hang" } }, "ttlMs is missing: "],
  [
    { action: { do: "hang" }, ttlMs, time: 1 },
    'the rule has no "time". Did you mean "times"? Allowed: match, action, ',
  ],
  [{ action: { do: "hang" }, ttlMs, times: 0 }, "times is 0: "],
  ["hang", 'the rule is "hang": '],
])("%j cannot be armed", (rule, message) => {
  expect(() => wires.rest.arm(rule as RestRule)).toThrow(`A REST fault cannot be armed: ${message}`);
  expect(wires.rest.none).toBe(true);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RestClient } from "../rest/rest-client.ts";
import type { MarketData } from "./market-data.ts";
import { Poller } from "./poller.ts";

// Vitest's timers do not reach this module.
vi.mock("node:timers/promises", () => ({
  setTimeout: (ms: number, _value: undefined, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, ms);
      signal.addEventListener("abort", () => resolve());
    }),
}));

let decided: Record<string, unknown>[];
beforeEach(() => {
  vi.useFakeTimers();
  decided = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => {
    decided.push(JSON.parse(line) as Record<string, unknown>);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const candles = [{ startMs: 0, close: 1 }];

/** Polls for so long; what it asked for and warned of. */
async function polled(forMs: number, replaced: Partial<MarketData> = {}, symbols = ["BTCUSDT"]) {
  const asked: string[] = [];
  const warned: string[] = [];
  let recycled = 0;
  const data: Partial<MarketData> = {
    ticker: () => Promise.resolve(1),
    book: () => Promise.resolve({ bid: 1, ask: 2 }),
    trades: () => Promise.resolve(1_000),
    frames: () => Promise.resolve({ base: candles, ltf: candles, mtf: candles, htf: candles }),
    openInterest: () => Promise.resolve(50),
    ...replaced,
  };
  const counted = new Proxy(data, {
    get: (target, name: keyof MarketData) => (symbol: string) => {
      asked.push(`${name} ${symbol}`);
      return (target[name] as ((symbol: string) => unknown) | undefined)?.(symbol);
    },
  }) as MarketData;
  const rest: Pick<RestClient, "get" | "recycle"> = {
    get: (path) => (asked.push(path), Promise.resolve({ retCode: 0, retMsg: "OK", result: {} })),
    recycle: () => Promise.resolve(void (recycled += 1)),
  };
  const stopped = new AbortController();
  const note = (about: string): void => void warned.push(about);
  const warnings = { warn: note, poorData: note };
  const incidents = { bad: () => undefined, good: () => undefined };
  const context = { symbols, warnings, incidents, signal: stopped.signal };
  const poller = new Poller({ rest: rest as RestClient, data: counted, ...context });
  void poller.run();
  await vi.advanceTimersByTimeAsync(forMs);
  stopped.abort();
  const count = (what: string): number => asked.filter((one) => one === what).length;
  return { count, warned, recycled };
}

test("each kind has a pace of its own", async () => {
  const { count } = await polled(59_000);
  expect(count("ticker BTCUSDT")).toBe(8);
  expect(count("book BTCUSDT")).toBe(6);
  expect(count("trades BTCUSDT")).toBe(1);
  expect(count("frames BTCUSDT")).toBe(3);
  expect(count("openInterest BTCUSDT")).toBe(1);
  expect(count("/v5/account/fee-rate")).toBe(1);
  expect(count("/v5/position/list")).toBe(6);
});

test("a decision reports how many candles it is based on; without candles there is none", async () => {
  await polled(10_000);
  expect(decided).toEqual([
    { firedrill: "decision", symbol: "BTCUSDT", action: "wait", candles: { base: 1, ltf: 1, mtf: 1, htf: 1 } },
  ]);
  decided.length = 0;
  const { warned } = await polled(10_000, { frames: () => Promise.resolve(undefined) });
  expect(decided).toEqual([]);
  expect(warned).toEqual(["empty candles"]);
});

test("one symbol that fails or hangs holds up no other", async () => {
  const { count, warned } = await polled(
    58_000,
    {
      ticker: (symbol) =>
        symbol === "ETHUSDT"
          ? Promise.reject(new Error("no answer"))
          : symbol === "SOLUSDT"
            ? new Promise(() => undefined)
            : Promise.resolve(1),
    },
    ["BTCUSDT", "ETHUSDT", "SOLUSDT"],
  );
  expect(count("ticker BTCUSDT")).toBe(8);
  expect(count("ticker ETHUSDT")).toBe(8);
  expect(count("ticker SOLUSDT")).toBe(1);
  expect(count("book SOLUSDT")).toBe(6);
  expect(new Set(warned)).toEqual(new Set(["failed ticker"]));
});

test("a poll that is still busy lets its turn pass, and keeps to its schedule", async () => {
  const askedAt: number[] = [];
  const startMs = Date.now();
  await polled(49_000, {
    ticker: () => {
      askedAt.push(Date.now() - startMs);
      return new Promise((resolve) => setTimeout(() => resolve(1), 11_000));
    },
  });
  expect(askedAt).toEqual([0, 16_000, 32_000, 48_000]);
});

test("what is asked for once a minute and failed is asked for again sooner; what only was empty is not", async () => {
  const openInterest = (answer: () => Promise<number>) => polled(50_000, { openInterest: answer });
  expect((await openInterest(() => Promise.reject(new Error("503")))).count("openInterest BTCUSDT")).toBe(3);
  expect((await openInterest(() => Promise.resolve(0))).count("openInterest BTCUSDT")).toBe(1);
});

test("the session is renewed every five minutes", async () => {
  expect((await polled(299_000)).recycled).toBe(0);
  expect((await polled(901_000)).recycled).toBe(3);
});

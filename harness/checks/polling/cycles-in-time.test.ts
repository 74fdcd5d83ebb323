import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { request, restFault } from "../../../test/support/rest-journal.ts";
import { cyclesInTime } from "./cycles-in-time.ts";

const judge = (...lines: Lines[]) =>
  cyclesInTime({ p99: seconds(12) }).judge(
    journalOf(clientStarted("22:00"), restFault("f1", "22:00", "23:00"), ...lines, stopped("23:10", "end-of-run")),
    setting,
  );
const [btc = "", eth = "", sol = ""] = setting.symbols;
const ticker = (atS: number, symbol: string, more: Parameters<typeof request>[2] = {}) =>
  request(`22:0:${atS}`, `/v5/market/tickers?symbol=${symbol}`, { tookMs: 0, ...more });
/** The last symbol comes so much later. */
const cycle = (atS: number, lastS: number) => [ticker(atS, btc), ticker(atS, eth), ticker(atS + lastS, sol)];
const cycles = (n: number, tookS: (cycle: number) => number) =>
  Array.from({ length: n }, (_, nth) => cycle(10 + nth * 20, tookS(nth)));

test("of 100 cycles one may be slow", () => {
  const { verdict, measured, message } = judge(cycles(100, (nth) => (nth === 7 ? 15 : nth === 8 ? 11 : 3)));
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 11_000 });
  expect(message).toBe(
    "reference has all its symbols within 12 s of asking for them, in 99 of 100 cycles: 1 of 100 cycles of 3 symbols took longer, the worst from 22 Oct 02:02:30 UTC+4: /v5/market/tickers took 15 s.",
  );
});

test("two slow ones of 100 fail, with the worst and when", () => {
  const { verdict, measured, message, excuse } = judge(cycles(100, (nth) => (nth === 7 ? 15 : nth === 8 ? 13 : 3)));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 13_000 });
  expect(message).toContain(
    "Expected reference to have all its symbols within 12 s in 99 of 100 cycles; 2 of 100 cycles of 3 symbols took longer, the worst from 22 Oct 02:02:30 UTC+4: /v5/market/tickers took 15 s.",
  );
  expect(excuse?.latenessMs).toBe(1_000);
});

test("a symbol that never comes is later than any time", () => {
  const without = cycles(100, () => 3).map((lines, nth) => (nth < 2 ? lines.slice(0, 2) : lines));
  const { verdict, measured, message } = judge(without);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: null });
  expect(message).toContain("/v5/market/tickers never had SOLUSDT");
});

test("a retry within the time is the same cycle", () => {
  const retried = (atS: number) => [
    ticker(atS, btc),
    ticker(atS, eth),
    ticker(atS + 1, sol, { status: 502, retCode: null }),
    ticker(atS + 3, sol),
  ];
  const { verdict, measured } = judge(Array.from({ length: 100 }, (_, nth) => retried(10 + nth * 20)));
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 3_000 });
});

test("turns that slip against each other are no symbol that never comes", () => {
  // Behind its own queue, one symbol comes round again before the last was asked for at all.
  const slipping = (atS: number) => [
    ticker(atS, btc),
    ticker(atS + 4, btc),
    ticker(atS + 4, eth),
    ticker(atS + 5, sol),
  ];
  const { verdict, measured } = judge(Array.from({ length: 100 }, (_, nth) => slipping(10 + nth * 20)));
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 5_000 });
});

test("a round waits no longer than its time for a symbol that is never asked for", () => {
  const without = Array.from({ length: 400 }, (_, nth) => cycle(10 + nth * 5, 1).slice(0, 2));
  const { verdict, measured, message } = judge(cycle(5, 1), ...without, cycle(2_010, 1));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: null });
  expect(message).toContain("/v5/market/tickers never had SOLUSDT");
});

test("of fewer than a hundred each has to be in time, and of a few nothing can be said", () => {
  expect(judge(cycles(99, () => 3)).verdict).toBe("pass");
  expect(judge(cycles(99, (nth) => (nth === 7 ? 15 : 3))).verdict).toBe("fail");
  expect(judge(cycles(14, () => 3)).verdict).toBe("unknown");
});

test("cycles outside of the fault are not counted", () => {
  const journal = journalOf(
    clientStarted("22:00"),
    restFault("f1", "22:00", "22:03"),
    cycles(150, () => 3),
    stopped("23:10", "end-of-run"),
  );
  expect(cyclesInTime({ p99: seconds(12) }).judge(journal, setting).message).toContain("it made 9 cycles in the fault");
});

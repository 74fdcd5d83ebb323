import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { polling, request } from "../../../test/support/rest-journal.ts";
import { abandonsOnTime } from "./abandons-on-time.ts";

const after = { "/v5/market/tickers": seconds(10), "/v5/market/kline": seconds(30) };
const judge = (...lines: Lines[]) => abandonsOnTime({ after, tolerance: 0.1 }).judge(journalOf(...lines), setting);
const hung = (time: string, path: string, tookMs: number) =>
  request(time, `/v5/market/${path}?symbol=BTCUSDT`, { tookMs, outcome: "abandoned", status: null, retCode: null });
const candles = hung("22:01", "kline", 30_000);

test("each operation given up after its own time passes", () => {
  const seen = judge(polling("/v5/market/tickers", "22:00", 5, 5), hung("22:02", "tickers", 10_500), candles);
  expect(seen).toMatchObject({ verdict: "pass", measured: 5, target: 10, unit: "%" });
});

test("too late fails; the message says what, after how long, and when it had come", () => {
  const seen = judge(candles, hung("22:02", "tickers", 12_000));
  expect(seen).toMatchObject({ verdict: "fail", measured: 20, excuse: { latenessMs: 1_000 } });
  expect(seen.message).toContain(
    "Expected reference to give up a request that is not answered at its operation's own time, ±10 %; it gave one up only after 12 s of /v5/market/tickers, which has 10 s; it had come at 22 Oct 02:01:48 UTC+4.",
  );
});

test("too early fails", () => {
  const seen = judge(candles, hung("22:02", "tickers", 5_000));
  expect(seen).toMatchObject({ verdict: "fail", measured: 50 });
  expect(seen.message).toContain(
    "Expected reference to give up a request that is not answered at its operation's own time, ±10 %; it gave one up already after 5 s of /v5/market/tickers, which has 10 s; it had come at 22 Oct 02:01:55 UTC+4.",
  );
});

test("still waiting when the client is stopped, for longer than allowed, fails", () => {
  const seen = judge(candles, hung("22:02:01", "tickers", 61_000), stopped("22:02"));
  expect(seen).toMatchObject({ verdict: "fail" });
  expect(seen.message).toContain("it still waited for one after 1 min");
});

test("cut off by the client's stop says nothing", () => {
  expect(judge(candles, hung("22:02:01", "tickers", 5_000), stopped("22:02"))).toMatchObject({ verdict: "unknown" });
});

test("an operation that never hung cannot be judged, and is named", () => {
  const seen = judge(candles);
  expect(seen).toMatchObject({ verdict: "unknown", measured: null });
  expect(seen.message).toContain("it gave up no request to /v5/market/tickers");
});

import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, crashed, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { every, request, restFault } from "../../../test/support/rest-journal.ts";
import { recoversPolling } from "./recovers-polling.ts";

const judge = (...lines: Lines[]) =>
  recoversPolling({ within: seconds(30) }).judge(journalOf(clientStarted("22:00"), ...lines), setting);
const end = stopped("22:05", "end-of-run");
const fault = [restFault("f1", "22:02", "22:02:30"), restFault("f2", "22:02:30", "22:03")];
const tickers = "/v5/market/tickers?symbol=BTCUSDT";
const candles = (interval: number) => `/v5/market/kline?symbol=BTCUSDT&interval=${interval}`;
const before = [every(5, "22:01", "22:01:55", tickers), every(20, "22:00:40", "22:01:40", candles(5))];

test("the slowest poll counts, from the last heal on", () => {
  const { verdict, measured, message } = judge(
    before,
    fault,
    every(5, "22:03:01", "22:04", tickers),
    request("22:03:20", candles(5)),
    end,
  );
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 20_000 });
  expect(message).toBe(
    "reference has data from everything it polls again within 30 s of the last fault: 2 times, at the latest 20 s after the last fault was over at 22 Oct 02:03:00 UTC+4.",
  );
});

test("one poll that never brings data again fails, and is named", () => {
  const { verdict, measured, message } = judge(before, fault, every(5, "22:03:01", "22:04", tickers), end);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: null });
  expect(message).toContain(
    "Expected reference to have data from GET /v5/market/kline BTCUSDT 5 within 30 s after the last fault was over at 22 Oct 02:03:00 UTC+4; it last asked for it at 22 Oct 02:01:40 UTC+4.",
  );
});

test.each([
  ["an error", { retCode: 10016 }],
  ["a page", { status: 502, retCode: null }],
  ["an empty list", { empty: true }],
])("%s is no data", (_what, more) => {
  const late = judge(before, fault, every(5, "22:03:01", "22:04", tickers), request("22:03:20", candles(5), more), end);
  expect(late.verdict).toBe("fail");
});

test("too late fails, with what lateness of the machine would explain it", () => {
  const late = judge(before, fault, every(5, "22:03:01", "22:04", tickers), request("22:03:40", candles(5)), end);
  expect(late).toMatchObject({ verdict: "fail", measured: 40_000, excuse: { latenessMs: 10_000 } });
});

test("a client that died has not recovered", () => {
  const { verdict, message } = judge(before, fault, crashed("22:03:05"));
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to have data from GET /v5/market/kline BTCUSDT 5 within 30 s after the last fault was over at 22 Oct 02:03:00 UTC+4; it exited by itself with code 1 at 22 Oct 02:03:05 UTC+4, and it failed so 2 of 2 times.",
  );
});

test("what is asked rarely, and what was asked only at the start, is not judged", () => {
  const { verdict, message } = judge(
    before,
    every(60, "22:00", "22:02", "/v5/market/open-interest?symbol=BTCUSDT"),
    [request("22:00:01", "/v5/market/time"), request("22:00:02", "/v5/market/time")],
    fault,
    every(5, "22:03:01", "22:04", tickers),
    request("22:03:20", candles(5)),
    end,
  );
  expect(verdict).toBe("pass");
  expect(message).toContain(
    "reference has data from everything it polls again within 30 s of the last fault: 2 times, at the latest 20 s after the last fault was over at 22 Oct 02:03:00 UTC+4.",
  );
});

test.each([
  ["no fault met it", [before, end]],
  ["it had polled nothing before", [request("22:01", tickers), fault, end]],
  ["it was stopped too soon", [before, fault, stopped("22:03:10", "end-of-run")]],
])("%s: unknown", (_what, lines) => {
  expect(judge(lines).verdict).toBe("unknown");
});

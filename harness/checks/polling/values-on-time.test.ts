import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { crashed, fault, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { polling, request } from "../../../test/support/rest-journal.ts";
import { valuesOnTime } from "./values-on-time.ts";

const judge = (...lines: Lines[]) => valuesOnTime({ within: seconds(10) }).judge(journalOf(...lines), setting);
const candles = "/v5/market/kline?category=linear&symbol=BTCUSDT&interval=5";
const rhythm = polling(candles, "22:00", 20, 6);

test("values at their own pace pass", () => {
  expect(judge(rhythm, stopped("22:02"))).toMatchObject({ verdict: "pass", measured: 0, target: 10_000, unit: "ms" });
});

test("a repeat that brings the value in time passes, and says how late it was", () => {
  const repeated = [
    request("22:02", candles, { outcome: "reset", status: null, retCode: null }),
    request("22:02:03", candles),
  ];
  expect(judge(rhythm, repeated, stopped("22:02:10"))).toMatchObject({ verdict: "pass", measured: 3_000 });
});

test("a value that only the next poll brings fails; the message says which, how late, and its pace", () => {
  const seen = judge(rhythm, request("22:02", candles, { retCode: null, status: 502 }), request("22:02:20", candles));
  expect(seen).toMatchObject({ verdict: "fail", measured: 20_000, excuse: { latenessMs: 10_000 } });
  expect(seen.message).toContain(
    "Expected reference to have each value that it polls at most 10 s late; GET /v5/market/kline linear BTCUSDT 5, polled every 20 s, was 20 s late at 22 Oct 02:02:20 UTC+4.",
  );
});

test("one that never comes again fails", () => {
  const seen = judge(rhythm, stopped("22:05"));
  expect(seen).toMatchObject({ verdict: "fail" });
  expect(seen.message).toContain("was 3 min late and had not come by 22 Oct 02:05:00");
});

test("a client that died had to go on", () => {
  const seen = judge(rhythm, crashed("22:01:41"), line("22:10", "run.ended", { wallMs: 1 }));
  expect(seen).toMatchObject({ verdict: "fail" });
  expect(seen.message).toContain("never came again: it exited by itself with code 1");
});

test("the pace is that of the calm, not that of the fault", () => {
  const slow = fault("f", { from: "22:01:50", landed: "22:01:55", to: "22:10" });
  expect(judge(rhythm, slow, polling(candles, "22:02:20", 40, 12))).toMatchObject({
    verdict: "fail",
    measured: 20_000,
  });
});

test("the symbol that the scenario keeps from having values is left out", () => {
  const lines = [rhythm, polling(candles.replace("BTC", "ETH"), "22:00", 20, 15), stopped("22:05")];
  const check = valuesOnTime({ within: seconds(10), except: "BTCUSDT" });
  expect(check.judge(journalOf(lines), setting)).toMatchObject({ verdict: "pass" });
  expect(judge(lines)).toMatchObject({ verdict: "fail" });
});

test.each([
  ["what is asked for too few times", polling(candles, "22:00", 20, 3)],
  ["the time", polling("/v5/market/time", "22:00", 1, 9)],
])("%s has no pace, so nothing can be judged", (_what, lines) => {
  expect(judge(lines, stopped("22:30"))).toMatchObject({ verdict: "unknown", measured: null });
});

test("of several late values the one that this machine explains least is reported", () => {
  const late = [request("22:02:20", candles), request("22:03", candles), stopped("22:03")];
  const slipped = line("22:02:10", "harness.slipped", { wallMs: 100, incidentMs: 30_000 });
  const seen = judge(rhythm.slice(0, 5), late, slipped);
  expect(seen.message).toContain(
    "Expected reference to have each value that it polls at most 10 s late; GET /v5/market/kline linear BTCUSDT 5, polled every 20 s, was 20 s late at 22 Oct 02:03:00 UTC+4, and it failed so 2 of 7 times.",
  );
});

test("a list that is looked up once at the start borrows no pace from polls of one symbol, and an order is no poll", () => {
  const lookup = request("22:00:01", "/v5/market/kline?category=linear&interval=5");
  const orders = ["22:00:10", "22:00:11", "22:00:12", "22:00:13", "22:01:30"].map((time) =>
    request(time, "/v5/order/create", { method: "POST" }),
  );
  expect(judge(rhythm, lookup, orders, stopped("22:02"))).toMatchObject({ verdict: "pass", measured: 0 });
});

import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { journalOf, setting, type Lines } from "../../../test/support/journal.ts";
import { polling, request } from "../../../test/support/rest-journal.ts";
import { waitsBetweenAttempts } from "./waits-between-attempts.ts";

const check = waitsBetweenAttempts({ waits: [seconds(1), seconds(2), seconds(4)] });
const judge = (...lines: Lines[]) => check.judge(journalOf(...lines), setting);
const candles = "/v5/market/kline?symbol=BTCUSDT&interval=5";
const rhythm = polling(candles, "22:00", 20, 5);
const failedAt = (time: string) => request(time, candles, { outcome: "reset", status: null, retCode: null });

test("1 s and 2 s pass, also with a fifth less for jitter", () => {
  expect(judge(rhythm, ["22:01:40", "22:01:40.8", "22:01:42.4"].map(failedAt))).toMatchObject({ verdict: "pass" });
});

test("at once fails; the message says what was tried again, when, and how soon", () => {
  const seen = judge(rhythm, failedAt("22:01:40"), request("22:01:40.1", candles));
  expect(seen).toMatchObject({ verdict: "fail", measured: 100, target: 800, unit: "ms", excuse: { latenessMs: 700 } });
  expect(seen.message).toContain(
    "Expected reference to wait 1 s, 2 s, 4 s before further attempts, less a fifth at most; it made attempt 2 of GET /v5/market/kline BTCUSDT 5 100 ms after attempt 1 had failed, at 22 Oct 02:01:40 UTC+4.",
  );
});

test("a second wait that is no longer than the first fails", () => {
  const seen = judge(rhythm, ["22:01:40", "22:01:41", "22:01:42"].map(failedAt));
  expect(seen).toMatchObject({ verdict: "fail", measured: 1_000, target: 1_600 });
});

test("one more than there are waits may be the next poll, and is not judged", () => {
  const late = ["22:01:41.5", "22:01:42.5", "22:01:44.5", "22:01:48.5", "22:01:50"].map(failedAt);
  expect(judge(rhythm, late)).toMatchObject({ verdict: "pass", measured: 1_000 });
});

test("after an attempt that the client itself gave up, the wait begins there", () => {
  const hung = request("22:02:10", candles, { tookMs: 30_000, outcome: "abandoned", status: null, retCode: null });
  expect(judge(rhythm, hung, request("22:02:10.2", candles))).toMatchObject({ verdict: "fail", measured: 200 });
  expect(judge(rhythm, hung, request("22:02:11", candles))).toMatchObject({ verdict: "pass", measured: 1_000 });
});

test("who never tries again does not wait, and is not judged", () => {
  const seen = judge(rhythm, failedAt("22:01:40"), request("22:02", candles));
  expect(seen).toMatchObject({ verdict: "not-applicable", measured: null });
});

test("without a failure nothing can be judged", () => {
  expect(judge(rhythm)).toMatchObject({ verdict: "unknown", measured: null });
});

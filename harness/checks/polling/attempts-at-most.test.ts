import { expect, test } from "vitest";
import { journalOf, setting, type Lines } from "../../../test/support/journal.ts";
import { polling, request } from "../../../test/support/rest-journal.ts";
import { attemptsAtMost } from "./attempts-at-most.ts";

const judge = (...lines: Lines[]) => attemptsAtMost({ attempts: 3 }).judge(journalOf(...lines), setting);
const candles = "/v5/market/kline?symbol=BTCUSDT&interval=5";
const rhythm = polling(candles, "22:00", 20, 5);
const failedAt = (time: string) => request(time, candles, { outcome: "reset", status: null, retCode: null });

test("three attempts at one poll, and three at the next, pass", () => {
  const failures = ["22:01:40", "22:01:41", "22:01:43", "22:02:00", "22:02:01", "22:02:03"].map(failedAt);
  expect(judge(rhythm, failures)).toMatchObject({ verdict: "pass", measured: 3, target: 3, unit: "attempts" });
});

test("a fourth attempt before the next poll is due fails; the message says what was tried, and how fast", () => {
  const seen = judge(rhythm, ["22:01:40", "22:01:41", "22:01:43", "22:01:47"].map(failedAt));
  expect(seen).toMatchObject({
    verdict: "fail",
    measured: 4,
    evidence: [{ line: 6 }, { line: 7 }, { line: 8 }, { line: 9 }],
  });
  expect(seen.message).toContain(
    "Expected reference to try a poll at most 3 times; it tried GET /v5/market/kline BTCUSDT 5 4 times within 7 s from 22 Oct 02:01:40 UTC+4 on, and polls it every 20 s.",
  );
});

test("polls that each fail are no repeats", () => {
  expect(judge(rhythm, ["22:01:40", "22:02:00", "22:02:20", "22:02:40", "22:03:00"].map(failedAt))).toMatchObject({
    verdict: "pass",
    measured: 1,
  });
});

test("a refusal is an answer, not a failed attempt", () => {
  const refused = request("22:01:40", candles, { retCode: 10006 });
  expect(judge(rhythm, refused)).toMatchObject({ verdict: "unknown", measured: null });
});

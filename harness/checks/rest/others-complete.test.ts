import { expect, test } from "vitest";
import { journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { othersComplete } from "./others-complete.ts";

const judge = (...lines: Lines[]) => othersComplete({ failing: "BTCUSDT" }).judge(journalOf(...lines), setting);
const candles = (symbol: string) => `/v5/market/kline?symbol=${symbol}`;
const fails = request("22:01", candles("BTCUSDT"), { status: 502, retCode: null });
const goesOn = request("22:01:01", candles("ETHUSDT"), { tookMs: 2_000 });
const cutOff = request("22:01:00.1", candles("SOLUSDT"), {
  ...{ tookMs: 500, outcome: "abandoned", status: null, retCode: null },
});

test("others that were under way and are answered pass", () => {
  const seen = judge(fails, goesOn);
  expect(seen).toMatchObject({ verdict: "pass", measured: 0, target: 0, unit: "requests" });
  expect(seen.message).toBe(
    "reference cuts off no other symbol's request while BTCUSDT fails: it completed 1 request; 1 times one was under way when BTCUSDT failed.",
  );
});

test("another's request that the client cuts off fails; the message says whose, how soon, and when", () => {
  const seen = judge(fails, goesOn, cutOff);
  expect(seen).toMatchObject({ verdict: "fail", measured: 1, evidence: [{ line: 2 }], excuse: { latenessMs: 5_000 } });
  expect(seen.message).toContain(
    "Expected reference to let the requests of other symbols be while BTCUSDT fails; it cut off one for SOLUSDT to /v5/market/kline 500 ms after it had come, at 22 Oct 02:01:00 UTC+4.",
  );
});

test("the failing symbol's own requests, and those cut off by the client's stop, do not count", () => {
  const own = request("22:01:00.1", candles("BTCUSDT"), {
    tookMs: 500,
    outcome: "abandoned",
    status: null,
    retCode: null,
  });
  expect(judge(fails, goesOn, own)).toMatchObject({ verdict: "pass" });
  expect(judge(fails, request("22:01:01", candles("ETHUSDT"), { tookMs: 2_000 }), stopped("22:01:05"))).toMatchObject({
    verdict: "pass",
  });
});

test("no failure cannot be judged, nor can one that nothing was under way in", () => {
  const before = request("22:00", candles("ETHUSDT"), { tookMs: 2_000 });
  expect(judge(goesOn)).toMatchObject({ verdict: "unknown", measured: null });
  expect(judge(request("22:00", candles("BTCUSDT"), { tookMs: 1_000 }), before, fails).verdict).toBe("unknown");
});

test("who fetches one symbol after the other is not judged", () => {
  expect(judge(fails, request("22:03", candles("ETHUSDT")))).toMatchObject({ verdict: "not-applicable" });
});

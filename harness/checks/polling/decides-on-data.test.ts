import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { decidesOnData } from "./decides-on-data.ts";

const judge = (...lines: Lines[]) =>
  decidesOnData().judge(journalOf(clientStarted("22:00"), ...lines, stopped("22:10", "end-of-run")), setting);
const whole = { base: 200, ltf: 200, mtf: 200, htf: 200 };
const decision = (time: string, candles: unknown = whole) =>
  line(time, "client.telemetry", { event: "decision", data: { symbol: "BTCUSDT", action: "buy", candles } });
const candles = (time: string, more: Parameters<typeof request>[2]) =>
  request(time, "/v5/market/kline?symbol=BTCUSDT&interval=60", more);

test("decisions on data, and none while there was none", () => {
  const { verdict, measured, message } = judge(
    decision("22:01"),
    candles("22:02", { status: 502, retCode: null }),
    candles("22:03", { empty: true }),
    decision("22:05"),
  );
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 0 });
  expect(message).toBe(
    "reference decides on nothing that is empty or invalid, on any timeframe: it made 2 decisions while 2 requests for candles on 1 timeframe brought none.",
  );
});

test("one empty timeframe of four fails, and is named", () => {
  const { verdict, measured, message } = judge(decision("22:01"), decision("22:02", { ...whole, htf: 0 }));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 1 });
  expect(message).toContain(
    "Expected reference to decide on nothing that is empty; it decided for BTCUSDT without any candle of htf at 22 Oct 02:02:00 UTC+4.",
  );
});

test.each([[{ ...whole, base: null }], [{ ...whole, base: -1 }], [{}], [null]])(
  "%o is no number of candles",
  (count) => {
    expect(judge(decision("22:01"), decision("22:02", count)).verdict).toBe("fail");
  },
);

test("a wrong field is no silence: the verdict says which it is", () => {
  const seen = judge(decision("22:01"), decision("22:02", { ...whole, base: "200" }));
  expect(seen.verdict).toBe("unknown");
  expect(seen.message).toContain('the field "candles.base" of its telemetry "decision" is "200"');
});

test("without telemetry: not applicable, never a pass", () => {
  const bad = candles("22:02", { empty: true });
  expect(judge(bad).verdict).toBe("not-applicable");
  expect(judge(bad, line("22:01", "client.telemetry", { event: "pool", data: {} })).verdict).toBe("not-applicable");
  expect(judge(bad, decision("22:01", null)).verdict).toBe("not-applicable");
});

test("when all candles came there was nothing to go wrong: unknown", () => {
  expect(judge(decision("22:01"), candles("22:02", {})).verdict).toBe("unknown");
});

import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { fault, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { polling } from "../../../test/support/rest-journal.ts";
import { catchesUp } from "./catches-up.ts";

const judge = (...lines: Lines[]) => catchesUp({ within: seconds(30) }).judge(journalOf(...lines), setting);
const ticker = (from: string, times: number) => polling("/v5/market/tickers?symbol=BTCUSDT", from, 5, times);
const slow = fault("f", { from: "22:01", landed: "22:01:02", to: "22:02" }).map((event) =>
  event.type === "fault.armed" ? line("22:01", "fault.armed", { ...event.data, endpoint: "exchange-rest" }) : event,
);
const calm = ticker("22:00", 12);

test("back at its own pace soon after the heal passes, with how long it took", () => {
  expect(judge(slow, calm, ticker("22:02:20", 30), stopped("22:04:50"))).toMatchObject({
    verdict: "pass",
    measured: 20_000,
  });
});

test("never having lost its pace passes", () => {
  expect(judge(slow, ticker("22:00", 50), stopped("22:04:06"))).toMatchObject({ verdict: "pass", measured: 0 });
});

test("back too late fails; the message says what, and how long after which heal", () => {
  const seen = judge(slow, calm, ticker("22:02:50", 30));
  expect(seen).toMatchObject({ verdict: "fail", measured: 50_000, target: 30_000, excuse: { latenessMs: 20_000 } });
  expect(seen.message).toContain(
    "Expected reference to poll everything at its own pace within 30 s after server.signal-close-on-request was over at 22 Oct 02:02:00 UTC+4; GET /v5/market/tickers BTCUSDT, polled every 5 s, came 50 s after it.",
  );
});

test("in time once, and then at half the pace, fails", () => {
  const half = polling("/v5/market/tickers?symbol=BTCUSDT", "22:02:05", 10, 20);
  expect(judge(slow, calm, half)).toMatchObject({ verdict: "fail" });
});

test("never back fails", () => {
  const seen = judge(slow, calm, stopped("22:05"));
  expect(seen).toMatchObject({ verdict: "fail" });
  expect(seen.message).toContain("had not come by the end");
});

test.each([
  ["too little time after the heal", [slow, calm, stopped("22:02:20")]],
  ["nothing polled", [slow, stopped("22:10")]],
  ["no fault", [calm, stopped("22:10")]],
])("%s cannot be judged", (_what, lines) => {
  expect(judge(lines)).toMatchObject({ verdict: "unknown", measured: null });
});

import { expect, test } from "vitest";
import { minutes, seconds } from "../../../core/units.ts";
import { attempt, taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { deliversWhenBack } from "./delivers-when-back.ts";

const owed = { "tickers fail": /ticker/i, "the signal feed is down": /signal/i };
const judge = (...lines: Lines[]) =>
  deliversWhenBack({ within: minutes(6), owed }).judge(
    journalOf(clientStarted("22:00"), webhookFault("22:02", "22:22"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
const tried = attempt("22:03:10", { tookMs: seconds(10) });

test("each incident named within the time passes, in one message or in two", () => {
  expect(judge(tried, taken("22:26", "2 failing: Tickers, signals"))).toMatchObject({
    verdict: "pass",
    measured: minutes(4),
  });
  expect(judge(tried, taken("22:25", "tickers"), taken("22:27", "signals"))).toMatchObject({ measured: minutes(5) });
});

test("too late, of something else, or before it was back, fails", () => {
  expect(judge(tried, taken("22:23", "tickers"), taken("22:29", "signals"))).toMatchObject({
    verdict: "fail",
    measured: minutes(7),
  });
  const { verdict, message } = judge(tried, taken("22:05", "signals"), taken("22:26", "tickers"));
  expect(verdict).toBe("fail");
  expect(message).toContain("Expected reference to report that the signal feed is down within 6 min");
});

test("who had nothing to deliver owes nothing", () => {
  expect(judge(attempt("22:03", { outcome: "answered", status: 204, message: "1" })).verdict).toBe("unknown");
});

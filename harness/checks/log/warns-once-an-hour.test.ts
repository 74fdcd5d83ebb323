import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { printed } from "../../../test/support/log-journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { warnsOnceAnHour } from "./warns-once-an-hour.ts";

const judge = (...lines: Lines[]) =>
  warnsOnceAnHour().judge(journalOf(clientStarted("22:00"), lines, stopped("23:30", "end-of-run")), setting);
const fault = restFault("f1", "22:01", "23:10");

test("once an hour passes; a line about something else may come as often as it likes", () => {
  const health = printed("22:30", "# health: ok", 40, 40_000);
  expect(judge(fault, printed("22:02", "# candles of BTCUSDT: the exchange has none"), health)).toMatchObject({
    verdict: "pass",
    measured: 1,
  });
  expect(judge(fault, health)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("each minute, or once a symbol, fails", () => {
  const eachMinute = ["22:02", "22:03", "22:04"].map((time) => printed(time, "# warning: book (and # more like it)"));
  expect(judge(fault, eachMinute)).toMatchObject({ verdict: "fail", measured: 3 });
  const symbols = ["BTCUSDT", "ETHUSDT"].map((symbol) => printed("22:02", `# insufficient data for ${symbol}`));
  expect(judge(fault, symbols)).toMatchObject({ verdict: "fail", measured: 2 });
});

test("a run without a fault, and lines that nobody looked at, are not judged", () => {
  expect(judge(printed("22:02", "# warning")).verdict).toBe("unknown");
  expect(judge(fault, printed("22:02", null, 500)).verdict).toBe("unknown");
});

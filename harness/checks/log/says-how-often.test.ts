import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { printed } from "../../../test/support/log-journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { saysHowOften } from "./says-how-often.ts";

const judge = (...lines: Lines[]) =>
  saysHowOften().judge(journalOf(clientStarted("22:00"), lines, stopped("22:20", "end-of-run")), setting);
const fault = restFault("f1", "22:01", "22:07");

test.each([
  "# warning: ticker: HTTP # (and # more like it)",
  "last message repeated # times",
  "feed is back after # min",
  "WARN suppressed 12 lines: #".replace("12", "#"),
  "attempt # failed",
])("%s says it", (text) => {
  expect(judge(fault, printed("22:03", text)).verdict).toBe("pass");
});

test("what is printed once and never counted fails, and so does a count that comes too late", () => {
  const first = printed("22:01:01", "# ticker: HTTP #");
  expect(judge(fault, first)).toMatchObject({ verdict: "fail", measured: 0 });
  expect(judge(fault, first, printed("22:10", "and # more like it"))).toMatchObject({ verdict: "fail" });
});

test("a trouble of a minute needs no count", () => {
  expect(judge(restFault("f1", "22:01", "22:02"), printed("22:01:01", "a")).verdict).toBe("unknown");
});

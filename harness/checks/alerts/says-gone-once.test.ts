import { expect, test } from "vitest";
import { attempt } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { saysGoneOnce } from "./says-gone-once.ts";

const judge = (...lines: Lines[]) =>
  saysGoneOnce().judge(journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")), {
    ...setting,
    compression: 1,
  });
const gone = attempt("22:03", { outcome: "answered", status: 404 });
const printed = (time: string, text: string, times = 1) =>
  line(time, "client.printed", { line: text, times, agoMs: 10_000, spanMs: 0 });

test("said once passes, whatever else it prints and whatever it said before", () => {
  const lines = [printed("22:02", "alert failed"), printed("22:03:30", "# the webhook is gone"), printed("22:04", "x")];
  expect(judge(gone, ...lines)).toMatchObject({ verdict: "pass", measured: 1 });
});

test("with every alert, and not at all, fails", () => {
  expect(judge(gone, printed("22:03:30", "alert not delivered", 3))).toMatchObject({ verdict: "fail", measured: 3 });
  const { verdict, message } = judge(gone, printed("22:04", "tickers failed"));
  expect(verdict).toBe("fail");
  expect(message).toContain("when it was refused with 404, it said so in 0 lines");
});

test("who prints nothing shows nothing, and a webhook that was there says nothing", () => {
  expect(judge(gone).verdict).toBe("not-applicable");
  expect(judge(printed("22:04", "tickers failed")).verdict).toBe("unknown");
});

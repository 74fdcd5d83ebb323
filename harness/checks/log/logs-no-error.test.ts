import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { logsNoError } from "./logs-no-error.ts";

const judge = (...lines: Lines[]) =>
  logsNoError().judge(
    journalOf(clientStarted("22:00"), restFault("f1", "22:01", "22:05"), ...lines, stopped("22:10", "end-of-run")),
    setting,
  );
const printed = (time: string, text: string, times = 1) =>
  line(time, "client.printed", { line: text, times, agoMs: 30_000, spanMs: 0 });

test.each([
  "# warning: order book of BTCUSDT: the exchange has none",
  "health: errors=#, error_count=#, queue #",
  "INFO terrors of the deep",
])("%s is no error", (text) => {
  expect(judge(printed("22:02", text))).toMatchObject({ verdict: "pass", measured: 0 });
});

test.each([
  "# ERROR bot: order book is empty",
  "TypeError: Cannot read properties of undefined (reading '#')",
  "Traceback (most recent call last):",
  "Error: no best price",
  '{"level":"error","msg":"no bars"}',
  "error: no bars",
])("%s is one", (text) => {
  const { verdict, measured, message } = judge(printed("22:02", "fine"), printed("22:03", text, 4));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 4 });
  expect(message).toContain(`it printed "${text}" (see client.log) at 22 Oct 02:02:30 UTC+4, one of 4 errors.`);
});

test("an error from before the faults is not of them", () => {
  expect(judge(printed("22:00:30", "ERROR cannot open the cache")).verdict).toBe("pass");
});

test("a client that prints nothing shows nothing: not applicable", () => {
  expect(judge().verdict).toBe("not-applicable");
});

test("without a fault: unknown", () => {
  const journal = journalOf(clientStarted("22:00"), printed("22:02", "hello"), stopped("22:10", "end-of-run"));
  expect(logsNoError().judge(journal, setting).verdict).toBe("unknown");
});

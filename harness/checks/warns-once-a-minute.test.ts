import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../test/support/journal.ts";
import { restFault } from "../../test/support/rest-journal.ts";
import { warnsOnceAMinute } from "./warns-once-a-minute.ts";

const judge = (...lines: Lines[]) =>
  warnsOnceAMinute().judge(
    journalOf(clientStarted("22:00"), restFault("f1", "22:01", "22:05"), ...lines, stopped("22:10", "end-of-run")),
    setting,
  );
const said = (time: string, text: string | null, times = 1, spanMs = 0) =>
  line(time, "client.said", { line: text, times, agoMs: 55_000, spanMs });

test("each line once a minute passes", () => {
  const { verdict, measured, message } = judge(said("22:02", "# warning: book"), said("22:03", "# warning: book"));
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 1 });
  expect(message).toBe("reference printed 2 lines, none twice in a minute.");
});

test("a line that is repeated fails, with how often and when", () => {
  const { verdict, measured, message, excuse } = judge(
    said("22:02", "# warning: book", 12, 50_000),
    said("22:02", "# warning: trades", 3, 20_000),
    said("22:02", "other"),
  );
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 12 });
  expect(message).toBe(
    'Expected reference to print equal lines at most once a minute; it repeated 2 lines, "# warning: book" 12 times in the minute from 22 Oct 02:01:05 UTC+4. See client.log and journal line 3.',
  );
  expect(excuse?.latenessMs).toBe(11 * 60_000 - 50_000);
});

test("a client that prints nothing shows nothing: not applicable", () => {
  expect(judge().verdict).toBe("not-applicable");
});

test("lines too many to tell apart: unknown, unless one is seen to be repeated", () => {
  expect(judge(said("22:02", null, 900), said("22:02", "once")).verdict).toBe("unknown");
  expect(judge(said("22:02", null, 900), said("22:02", "again", 5, 1_000)).verdict).toBe("fail");
});

test("without a fault: unknown", () => {
  const journal = journalOf(clientStarted("22:00"), said("22:02", "hello"), stopped("22:10", "end-of-run"));
  expect(warnsOnceAMinute().judge(journal, setting).verdict).toBe("unknown");
});

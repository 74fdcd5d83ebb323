import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { warnsOnceAMinute } from "./warns-once-a-minute.ts";

const judge = (...lines: Lines[]) =>
  warnsOnceAMinute().judge(
    journalOf(clientStarted("22:00"), restFault("f1", "22:01", "22:05"), ...lines, stopped("22:10", "end-of-run")),
    setting,
  );
const printed = (time: string, text: string | null, times = 1, spanMs = 0) =>
  line(time, "client.printed", { line: text, times, agoMs: 55_000, spanMs });

test("each line once a minute passes", () => {
  const { verdict, measured, message } = judge(
    printed("22:02", "# warning: book"),
    printed("22:03", "# warning: book"),
  );
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 1 });
  expect(message).toBe(
    'reference prints equal lines at most once a minute: it printed "# warning: book" 1 time in the minute from 22 Oct 02:01:05 UTC+4 (see client.log).',
  );
});

test("a line that is repeated fails, with how often and when", () => {
  const { verdict, measured, message, excuse } = judge(
    printed("22:02", "# warning: book", 12, 50_000),
    printed("22:02", "# warning: trades", 3, 20_000),
    printed("22:02", "other"),
  );
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 12 });
  expect(message).toContain(
    'Expected reference to print equal lines at most once a minute; it printed "# warning: book" 12 times in the minute from 22 Oct 02:01:05 UTC+4 (see client.log), and it failed so 2 of 3 times.',
  );
  expect(excuse?.latenessMs).toBe(11 * 60_000 - 50_000);
});

test("a client that prints nothing shows nothing: not applicable", () => {
  expect(judge().verdict).toBe("not-applicable");
});

test("lines too many to count one by one: unknown, unless one is seen to be repeated", () => {
  expect(judge(printed("22:02", null, 900), printed("22:02", "once")).verdict).toBe("unknown");
  expect(judge(printed("22:02", null, 900), printed("22:02", "again", 5, 1_000)).verdict).toBe("fail");
});

test("without a fault: unknown", () => {
  const journal = journalOf(clientStarted("22:00"), printed("22:02", "hello"), stopped("22:10", "end-of-run"));
  expect(warnsOnceAMinute().judge(journal, setting).verdict).toBe("unknown");
});

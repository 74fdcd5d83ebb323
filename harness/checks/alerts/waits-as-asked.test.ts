import { expect, test } from "vitest";
import { attempt } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { waitsAsAsked } from "./waits-as-asked.ts";

const judge = (...lines: Lines[]) =>
  waitsAsAsked().judge(journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")), {
    ...setting,
    compression: 1,
  });
const limited = { outcome: "answered", status: 429, retryAfterMs: 30_000 } as const;

test("who waits passes", () => {
  expect(judge(attempt("22:03", limited), attempt("22:03:31", { outcome: "answered", status: 204 })).verdict).toBe(
    "pass",
  );
});

test("who asks too early fails; what was on its way is not held against it", () => {
  const early = (time: string, earlyMs: number) => attempt(time, { ...limited, earlyMs });
  expect(judge(attempt("22:03", limited), early("22:03:00.1", 29_900)).verdict).toBe("pass");
  const { verdict, message } = judge(attempt("22:03", limited), early("22:03:10", 20_000));
  expect(verdict).toBe("fail");
  expect(message).toContain("it asked 20 s too early");
});

test("who met no 429 showed nothing", () => {
  expect(judge(attempt("22:03", { outcome: "answered", status: 204 })).verdict).toBe("unknown");
});

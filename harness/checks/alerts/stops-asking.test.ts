import { expect, test } from "vitest";
import { attempt } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { stopsAsking } from "./stops-asking.ts";

const judge = (...lines: Lines[]) =>
  stopsAsking().judge(journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")), {
    ...setting,
    compression: 1,
  });
const gone = { outcome: "answered", status: 404 } as const;

test("asked once and no more passes", () => {
  const { verdict, message } = judge(attempt("22:03", gone));
  expect(verdict).toBe("pass");
  expect(message).toContain("it was refused once, with 404");
});

test("asked again fails, whatever the answer is", () => {
  const again = [attempt("22:03", gone), attempt("22:08", gone), attempt("22:13", { outcome: "reset" })];
  expect(judge(again)).toMatchObject({ verdict: "fail", measured: 2 });
});

test("a webhook that was never gone says nothing", () => {
  expect(judge(attempt("22:03", { outcome: "answered", status: 204 })).verdict).toBe("unknown");
});

import { expect, test } from "vitest";
import { attempt, taken } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { cutsAlertsToFit } from "./cuts-alerts-to-fit.ts";

const judge = (...lines: Lines[]) =>
  cutsAlertsToFit({ of: "深", whole: 10_000 }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
const accepted = attempt("22:03", { outcome: "answered", status: 204 });

test("cut with a word about it, or not about it at all, passes", () => {
  expect(judge(accepted, taken("22:03", `why: ${"深".repeat(900)} … (10000 characters)`)).verdict).toBe("pass");
  expect(judge(accepted, taken("22:03", "REST fails")).verdict).toBe("pass");
});

test("refused for what it holds fails", () => {
  const { verdict, message } = judge(attempt("22:03", { outcome: "answered", status: 400, said: "Invalid Form Body" }));
  expect(verdict).toBe("fail");
  expect(message).toContain("was refused at");
});

test("cut in silence fails", () => {
  expect(judge(accepted, taken("22:03", `why: ${"深".repeat(900)}`)).verdict).toBe("fail");
});

test("who sends none shows nothing", () => expect(judge().verdict).toBe("unknown"));

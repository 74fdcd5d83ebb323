import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { asksFor, auth, authAnswered, privateOpened } from "../../../test/support/journal-private.ts";
import { privateAfterAuth } from "./private-after-auth.ts";

const judge = (...lines: Lines[]) => privateAfterAuth().judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), privateOpened("22:00:01", "private-1")];
const late = [auth("22:00:02", "private-1", "late"), authAnswered("22:00:04", "private-1")];
const end = stopped("22:10", "end-of-run");

test("whoever waits for a late ack passes", () => {
  expect(judge(up, late, asksFor("22:00:04.5", "private-1", "order"), end)).toMatchObject({
    verdict: "pass",
    measured: 0,
  });
});

test("whoever does not wait fails, with what it sent, where and when", () => {
  const { verdict, measured, message } = judge(up, late, asksFor("22:00:03", "private-1", "order"), end);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 1 });
  expect(message).toContain(
    "Expected reference to send nothing private before the ack of its auth; it sent subscribe of order on private-1 at 22 Oct 02:00:03 UTC+4.",
  );
});

test.each(["no", "never"] as const)("after the answer %s there is nothing to send", (answer) => {
  const failed = auth("22:00:02", "private-1", answer);
  expect(judge(up, failed, asksFor("22:00:03", "private-1", "order"), end).verdict).toBe("fail");
  expect(judge(up, failed, end).verdict).toBe("pass");
});

test("where the ack came at once nobody can know: unknown; without auth: not applicable", () => {
  const prompt = auth("22:00:02", "private-1", "yes");
  expect(judge(up, prompt, asksFor("22:00:02", "private-1", "order"), end).verdict).toBe("unknown");
  expect(judge(up, end).verdict).toBe("unknown");
});

import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { auth, authAnswered, privateClosed, privateOpened } from "../../../test/support/journal-private.ts";
import { noZombieSession } from "./no-zombie-session.ts";

const judge = (...lines: Lines[]) => noZombieSession({ within: seconds(10) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), privateOpened("22:00:01", "private-1")];
const end = stopped("22:10", "end-of-run");

test("a refused connection that is given up passes", () => {
  expect(judge(up, auth("22:00:01", "private-1", "no"), privateClosed("22:00:02", "private-1"), end)).toMatchObject({
    verdict: "pass",
    measured: 1_000,
  });
});

test.each(["no", "never"] as const)("answered %s and kept fails", (answer) => {
  const { verdict, measured, message } = judge(up, auth("22:00:01", "private-1", answer), end);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: null });
  expect(message).toContain(
    "Expected reference to be authenticated or to have closed the connection within 10 s after private-1 was opened at 22 Oct 02:00:01 UTC+4; it did not in the 9 min 59 s that it had.",
  );
});

test("an ack that came too late is as long a wait; given up just too late has its excuse", () => {
  const late = [auth("22:00:01", "private-1", "late"), authAnswered("22:00:31", "private-1")];
  const second = [privateOpened("22:01", "private-2"), auth("22:01", "private-2", "no")];
  expect(judge(up, late, second, privateClosed("22:01:01", "private-2"), end)).toMatchObject({
    verdict: "fail",
    measured: 30_000,
    excuse: { latenessMs: 20_000 },
  });
});

test("no auth failed, or the end came first: unknown", () => {
  expect(judge(up, auth("22:00:01", "private-1", "yes"), end).verdict).toBe("unknown");
  expect(judge(up, auth("22:00:01", "private-1", "no"), stopped("22:00:05")).verdict).toBe("unknown");
});

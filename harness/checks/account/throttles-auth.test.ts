import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { auth, privateClosed, privateOpened } from "../../../test/support/journal-private.ts";
import { throttlesAuth } from "./throttles-auth.ts";

const judge = (...lines: Lines[]) => throttlesAuth({ mostPerMinute: 4 }).judge(journalOf(...lines), setting);
const around = [clientStarted("22:00"), stopped("22:10", "end-of-run")];
const refusedAt = (...times: string[]) =>
  times.flatMap((time, n) => [
    privateOpened(time, `private-${n}`),
    auth(time, `private-${n}`, "no"),
    privateClosed(time, `private-${n}`),
  ]);

test("ever longer waits pass, with the busiest minute", () => {
  expect(judge(around, refusedAt("22:01:00", "22:01:01", "22:01:03", "22:01:07", "22:02:05"))).toMatchObject({
    verdict: "pass",
    measured: 4,
  });
});

test("at once, again and again, fails", () => {
  const { verdict, measured } = judge(around, refusedAt("22:01:00", "22:01:01", "22:01:02", "22:01:03", "22:01:04"));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 5 });
});

test("twice on one connection fails", () => {
  const { verdict, message } = judge(around, refusedAt("22:01:00"), auth("22:01:05", "private-0", "yes"));
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to authenticate at most 4 times a minute when auth is refused, each time on a fresh connection; it did so again on private-0.",
  );
});

test("nothing was refused: not applicable", () => {
  expect(judge(around, privateOpened("22:01", "p"), auth("22:01", "p", "yes")).verdict).toBe("unknown");
});

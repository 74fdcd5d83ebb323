import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, line, stopped, type Lines } from "../../../test/support/journal.ts";
import { childEnded, childStarted, processFault, setting } from "../../../test/support/journal-processes.ts";
import { throttlesRestarts } from "./throttles-restarts.ts";

const judge = (...lines: Lines[]) =>
  throttlesRestarts({ child: "connector", mostPerMinute: 4, waits: seconds(5) }).judge(journalOf(...lines), setting);
const fault = processFault("kill", { from: "22:05", landed: "22:05:00", to: "22:06" });
/** Dies at once, at each of these seconds after 22:05. */
const lives = (...at: number[]) =>
  at.flatMap((second, n) => {
    const time = `22:05:${String(second).padStart(2, "0")}`;
    return [childStarted(n === 0 ? "22:00:01" : time, 10 + n), childEnded(`${time}.1`, 10 + n)];
  });
const around = [clientStarted("22:00"), stopped("22:10", "end-of-run")];

test("ever longer waits pass", () => {
  expect(judge(around, fault, lives(0, 1, 3, 7, 15))).toMatchObject({ verdict: "pass", measured: 4 });
});

test("at once, again and again, fails with the busiest minute", () => {
  const { verdict, measured, message } = judge(around, fault, lives(0, 1, 2, 3, 4, 5, 6));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 6 });
  expect(message).toContain("it did so 6 times in the minute from 22 Oct 02:05:01 UTC+4");
});

test("four deaths in a row without a wait that is worth the name fail, however few starts that were", () => {
  const { verdict, measured, message } = judge(around, fault, lives(0, 2, 4, 6, 8));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 4 });
  expect(message).toContain(
    "Expected reference to start connector at most 4 times a minute in the crash loop, and to wait 5 s and more after 4 deaths in a row; after 4 deaths the longest wait was 1.9 s.",
  );
});

test("few starts on a machine that was late say nothing", () => {
  const late = ["22:05:05", "22:05:12"].map((time) =>
    line(time, "harness.slipped", { wallMs: 100, incidentMs: 3_000 }),
  );
  expect(judge(around, fault, lives(0, 2, 4)).verdict).toBe("unknown");
  expect(judge(around, fault, lives(0, 1, 3, 7, 15), late).verdict).toBe("unknown");
  expect(judge(around, fault, lives(0, 1, 3, 7, 20), late).verdict).toBe("pass");
});

test("one death is no loop", () => {
  expect(judge(around, fault, lives(0)).verdict).toBe("unknown");
});

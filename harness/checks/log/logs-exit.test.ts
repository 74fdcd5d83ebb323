import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, stopped, type Lines } from "../../../test/support/journal.ts";
import { childEnded, childStarted, logged, processFault, setting } from "../../../test/support/journal-processes.ts";
import { logsExit } from "./logs-exit.ts";

const judge = (...lines: Lines[]) =>
  logsExit({ child: "connector", within: seconds(5) }).judge(journalOf(...lines), setting);
const killed = [
  [clientStarted("22:00"), childStarted("22:00:01", 7), childEnded("22:05:00", 7)],
  processFault("kill", { from: "22:05", landed: "22:05:00", to: "22:06" }),
];
const end = stopped("22:10", "end-of-run");

test.each([
  "connector 7 ended with SIGKILL; it said nothing",
  "Process exited with code 1",
  "connector died (exit status: 137)",
  "subprocess gone, returncode=-9",
  "exited: 1",
])("%s names how", (text) => {
  expect(judge(killed, logged("22:05:01", text), end)).toMatchObject({ verdict: "pass", measured: 1_000 });
});

test.each(["connector: Down", "restarting the connector in 1000 ms", "no event for 60 s"])("%s does not", (text) => {
  const { verdict, message } = judge(killed, logged("22:05:01", text), end);
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to log how connector ended, by a signal's name or an exit code, within 5 s after process 7 died at 22 Oct 02:05:00 UTC+4; it did not in the 5 min that it had.",
  );
});

test("too late fails; the end came first: unknown; no death: not applicable", () => {
  expect(judge(killed, logged("22:05:16", "exited with code 1"), end)).toMatchObject({
    verdict: "fail",
    measured: 16_000,
    excuse: { latenessMs: 11_000 },
  });
  expect(judge(killed, stopped("22:05:03")).verdict).toBe("unknown");
  expect(judge(clientStarted("22:00"), end).verdict).toBe("not-applicable");
});

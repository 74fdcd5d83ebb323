import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { leavesDeadLinks } from "./leaves-dead-links.ts";

const endpoint = "signal";
const stalled = [
  line("22:05", "fault.armed", {
    ...{ fault: "f1", name: "network.stall", endpoint, awaits: "data", silences: true, toxics: ["f1-downstream"] },
  }),
  line("22:05:10", "fault.landed", { fault: "f1", name: "network.stall", proof: 0, evidence: "a stall" }),
  line("22:15", "fault.healed", { fault: "f1", name: "network.stall", by: "scenario" }),
];
const seen = { endpoint, seenAtMs: 0 };
const hit = line("22:05:10", "proxy.toxic-hit", {
  ...{ ...seen, connection: "signal/1", toxic: "f1-downstream", stream: "downstream", byteOffset: 9 },
});
const judge = (...lines: Lines[]) =>
  leavesDeadLinks({ within: seconds(40), endpoint }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );

test("another dial in time passes", () => {
  const dial = line("22:05:45", "proxy.connection-opened", { ...seen, connection: "signal/2", clientPort: 1 });
  expect(judge(stalled, hit, dial)).toMatchObject({ verdict: "pass", measured: 35_000 });
});
test("who stays on it fails", () => expect(judge(stalled, hit)).toMatchObject({ verdict: "fail", measured: null }));
test("where no link went dead nothing is known", () => expect(judge().verdict).toBe("unknown"));

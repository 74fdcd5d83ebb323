import { expect, test } from "vitest";
import { at, closed, fault, journalOf, line, opened, stopped } from "../../../test/support/journal.ts";
import { lossesOf as lossesWith } from "./recovery.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { afterLanding } from "./landing.ts";

const lossesOf = (journal: JournalView) => lossesWith(journal, { endSeenLateMs: 50 });

const seen = (time: string) => ({ endpoint: "signal", connection: "signal/1", seenAtMs: at(time) });
const hit = (time: string, writtenAt: string) =>
  line(writtenAt, "proxy.toxic-hit", { ...seen(time), toxic: "f1", stream: "downstream", byteOffset: 0 });
const ended = (time: string, writtenAt: string) =>
  line(writtenAt, "proxy.connection-closed", {
    ...seen(time),
    ...{ by: "toxic", how: "rst", toxic: "f1", toClient: "rst", bytesUp: 0, bytesDown: 0 },
  });
const before = opened("22:50", "signal-1");
const after = opened("23:05:03", "signal-2");
/** Lines: opened, armed, the mock's close, the engine's. */
const reset = { code: 1006, by: "network" } as const;

test("a close that overtook the engine's proof is the fault's, by the moment the engine saw", () => {
  const proof = 3;
  const journal = journalOf(
    before,
    fault("f1", { from: "23:05", landed: "23:05:02", proof, to: "23:06" }),
    closed("23:05:01", "signal-1", reset),
    hit("23:05:00.9", "23:05:01.5"),
    after,
    stopped("23:30"),
  );
  expect(journal.events[proof]?.type).toBe("proxy.toxic-hit");
  expect(lossesOf(journal)).toMatchObject([{ what: "signal-1", fault: "f1", how: "closed" }]);
});

test("so it is where the proof is the end, which the engine sees after the mock: its toxic came before", () => {
  const proof = 4;
  const journal = journalOf(
    before,
    fault("f1", { from: "23:05", landed: "23:05:02", proof, to: "23:06" }),
    closed("23:05:01", "signal-1", reset),
    hit("23:05:00.9", "23:05:01.4"),
    ended("23:05:01.1", "23:05:01.5"),
    after,
    stopped("23:30"),
  );
  expect(journal.events[proof]?.type).toBe("proxy.connection-closed");
  expect(lossesOf(journal)).toMatchObject([{ what: "signal-1", fault: "f1", how: "closed" }]);
});

test("a close before the engine saw anything is not the fault's", () => {
  const journal = journalOf(
    before,
    fault("f1", { from: "23:05", landed: "23:05:02", proof: 3, to: "23:06" }),
    closed("23:05:00.5", "signal-1", reset),
    hit("23:05:00.9", "23:05:01.5"),
    after,
    stopped("23:30"),
  );
  expect(lossesOf(journal)).toEqual([]);
});

test("where a mock's own line is the proof, the order of lines counts", () => {
  const journal = journalOf(before, after, closed("23:06", "signal-1", reset));
  const landed = afterLanding(journal, 1);
  expect(journal.events.map(landed)).toEqual([false, true, true]);
});

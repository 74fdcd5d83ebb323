import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { ended, streamFault, streaming } from "../../../test/support/stream-journal.ts";
import { abandonsDeadPeers } from "./abandons-dead-peers.ts";

const judge = (...lines: Lines[]) => abandonsDeadPeers({ within: seconds(30) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const stall = (to: string) => streamFault("stall", "live", { from: "22:05", to, hits: [["22:05", "public-1"]] });
const reset = (time: string) => ended(time, "public-1", { by: "network", code: 1006, how: "reset" });
const end = stopped("22:10", "end-of-run");

test("a dead stream that is closed in time passes", () => {
  expect(judge(up, stall("22:07"), reset("22:05:25"), end)).toMatchObject({ verdict: "pass", measured: 25_000 });
});

test("one that is closed too late fails, with what would excuse it", () => {
  expect(judge(up, stall("22:07"), reset("22:06"), end)).toMatchObject({
    verdict: "fail",
    measured: 60_000,
    excuse: { latenessMs: 30_000 },
  });
});

test("one that is kept fails; closing it at the stop does not count", () => {
  const seen = judge(up, stall("22:07"), end, reset("22:10:00.5"));
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to close the stream within 30 s after public-1 went dead at 22 Oct 02:05:00 UTC+4; it did not in the 2 min that it had.",
  );
});

test("a stall that is over before its time is no matter", () => {
  expect(judge(up, stall("22:05:15"), end)).toMatchObject({ verdict: "unknown", measured: null });
});

test("other faults leave nobody dead", () => {
  const silence = streamFault("silence", "topic", { from: "22:05", to: "22:07", hits: [["22:05", "public-1", "x"]] });
  expect(judge(up, silence, end).verdict).toBe("unknown");
});

import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, dialEnded, dialled, ended, eth, streaming } from "../../../test/support/stream-journal.ts";
import { backsOff } from "./backs-off.ts";

const judge = (...lines: Lines[]) => backsOff({ to: seconds(10), jitter: 5 }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const lost = ended("22:01", "public-1");
const end = stopped("22:30", "end-of-run");

/** Refused dials that many seconds after 22:01. */
const refusals = (...atS: number[]) =>
  atS.map((s, n) => {
    const time = `22:01:${s}`;
    return [dialled(time, `public-${n + 10}`), dialEnded(time, `public-${n + 10}`, "server")];
  });

test("gaps that grow and differ pass", () => {
  const seen = judge(up, lost, refusals(0.2, 0.7, 1.5, 3, 6, 12, 24, 48, 76, 105), end);
  expect(seen).toMatchObject({ verdict: "pass", measured: 28_000 });
  expect(seen.message).toContain("10 dials in 1 min 45 s from 22 Oct 02:01:00 UTC+4");
});

test("the same gap for ever fails, and says what was seen", () => {
  const seen = judge(up, lost, refusals(...Array.from({ length: 40 }, (_, n) => n / 2)), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 500 });
  expect(seen.message).toContain("40 dials in 19.5 s from 22 Oct 02:01:00 UTC+4, the last ones 500 ms apart");
});

test("gaps that have grown and are all alike fail: a fleet would come back in step", () => {
  expect(judge(up, lost, refusals(0, 1, 3, 7, 15, 31, 61, 91, 121, 151), end)).toMatchObject({ verdict: "fail" });
});

test("one dial that came late neither hides the jitter nor makes some", () => {
  const late = (...gaps: number[]) => gaps.reduce<number[]>((ats, gap) => [...ats, (ats.at(-1) ?? 0) + gap], [0]);
  expect(judge(up, lost, refusals(...late(1, 2, 4, 8, 22, 60, 26, 30, 24)), end).verdict).toBe("pass");
  expect(judge(up, lost, refusals(...late(1, 2, 4, 8, 30, 60, 30, 30, 30)), end).verdict).toBe("fail");
});

test("of two streams every second dial is compared", () => {
  const two = [...up, streaming("22:00:06", "public-2", eth)];
  const both = [lost, ended("22:01", "public-2")];
  const pairs = [0.2, 1.5, 6, 17, 30, 45, 62].flatMap((s) => [s, s + 0.1]);
  expect(judge(two, both, refusals(...pairs), end)).toMatchObject({ verdict: "pass", measured: 17_000 });
});

test("a stream in between begins anew; the longest outage counts", () => {
  const short = refusals(0.2, 0.7, 1.5);
  const later = streaming("22:01:03", "public-3", btc);
  expect(judge(up, lost, short, later, ended("22:02", "public-3"), end).verdict).toBe("unknown");
});

describe("nothing to judge", () => {
  test("no dial failed", () => expect(judge(up, lost, connected("22:01:01", "public-2"), end).verdict).toBe("unknown"));
  test("too few failed", () => expect(judge(up, lost, refusals(0.2, 0.7), end).verdict).toBe("unknown"));
});

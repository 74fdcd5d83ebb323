import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { ended, requested, streaming } from "../../../test/support/stream-journal.ts";
import { pingsOnSchedule } from "./pings-on-schedule.ts";

const judge = (...lines: Lines[]) => pingsOnSchedule({ every: seconds(25) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const ping = (time: string) => requested(time, "public-1", [], { op: "ping" });

test("pings in time pass, up to the end of the client", () => {
  expect(judge(up, ping("22:00:23"), ping("22:00:41"), stopped("22:00:55"))).toMatchObject({
    verdict: "pass",
    measured: 18_000,
    message:
      "reference pings every stream at least every 25 s: 2 times, at the latest 18 s after it opened public-1 at 22 Oct 02:00:05 UTC+4.",
  });
});

test("a gap fails, also after the last ping and before the first", () => {
  const seen = judge(up, ping("22:00:23"), stopped("22:02"));
  expect(seen).toMatchObject({ verdict: "fail", measured: null, excuse: { latenessMs: 72_000 } });
  expect(seen.message).toContain(
    "Expected reference to ping within 25 s after its ping on public-1 at 22 Oct 02:00:23 UTC+4; it did not in the 1 min 37 s that it had.",
  );
  expect(judge(up, stopped("22:02")).verdict).toBe("fail");
});

describe("nothing to judge", () => {
  test("no stream", () => expect(judge(clientStarted("22:00"), stopped("22:02")).verdict).toBe("unknown"));
  test("a stream that ended before a ping was due", () => {
    expect(judge(up, ended("22:00:12", "public-1"), stopped("22:02")).verdict).toBe("unknown");
  });
});

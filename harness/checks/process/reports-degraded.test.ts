import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { outage } from "../../../test/support/stream-journal.ts";
import { reportsDegraded } from "./reports-degraded.ts";

const judge = (...lines: Lines[]) => reportsDegraded({ within: seconds(65) }).judge(journalOf(...lines), setting);
const health = (time: string, status: string) =>
  line(time, "client.telemetry", { event: "health", data: { role: "market-data", status } });
const up = [clientStarted("22:00"), health("22:01", "ok")];
const dead = outage("fault-1", "22:05", "22:10");
const end = stopped("22:20", "end-of-run");

test("reported in time passes, with when", () => {
  expect(judge(up, dead, health("22:05:15", "degraded"), health("22:10:05", "ok"), end)).toMatchObject({
    verdict: "pass",
    measured: 15_000,
  });
});

test("not well already by another fault is reported", () => {
  const earlier = outage("fault-0", "22:03", "22:04:30");
  const seen = judge(up, earlier, health("22:03:20", "degraded"), dead, end);
  expect(seen).toMatchObject({ verdict: "pass", measured: 20_000 });
});

test("who called itself not well when nothing was wrong has said nothing, however often", () => {
  const always = [health("22:04", "degraded"), health("22:04:30", "degraded"), health("22:05:10", "degraded")];
  const seen = judge(up, always, dead, end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain('it had called itself "degraded" since 22 Oct 02:04:00 UTC+4, when nothing was wrong');
});

test("never reported fails; so does reporting it only afterwards", () => {
  const seen = judge(up, dead, health("22:11", "degraded"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to say that it is not well within 1 min 05 s after server.stream had hit at 22 Oct 02:05:00 UTC+4; it did not in the 5 min that it had.",
  );
});

test("late is late", () => {
  expect(judge(up, dead, health("22:07", "degraded"), end)).toMatchObject({ verdict: "fail", measured: 120_000 });
});

describe("nothing to judge", () => {
  test("a client without telemetry", () => {
    expect(judge(clientStarted("22:00"), dead, end).verdict).toBe("not-applicable");
  });
  test("dead too shortly", () => {
    expect(judge(up, outage("fault-1", "22:05", "22:06"), end).verdict).toBe("unknown");
  });
});

import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { outage } from "../../../test/support/stream-journal.ts";
import { reportsRecovery } from "./reports-recovery.ts";

const judge = (...lines: Lines[]) => reportsRecovery({ within: seconds(60) }).judge(journalOf(...lines), setting);
const health = (time: string, status: string) =>
  line(time, "client.telemetry", { event: "health", data: { role: "market-data", status } });
const up = [clientStarted("22:00"), health("22:01", "ok"), outage("fault-1", "22:05", "22:10")];
const blind = health("22:05:15", "degraded");
const end = stopped("22:20", "end-of-run");

test("well again in time passes, with when", () => {
  expect(judge(up, blind, health("22:10:05", "ok"), end)).toMatchObject({ verdict: "pass", measured: 5_000 });
});

test("degraded for ever fails, late is late", () => {
  const seen = judge(up, blind, health("22:15", "degraded"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    'Expected reference to say that it is well again within 1 min after server.stream was over at 22 Oct 02:10:00 UTC+4; it still called itself "degraded" in the end.',
  );
  expect(judge(up, blind, health("22:12", "ok"), end)).toMatchObject({ verdict: "fail", measured: 120_000 });
});

test("who reports no health shows nothing; who never was unwell, or has no time left, is not judged", () => {
  expect(judge(clientStarted("22:00"), outage("fault-1", "22:05", "22:10"), end).verdict).toBe("not-applicable");
  expect(judge(up, end).verdict).toBe("unknown");
  expect(judge(up, blind, stopped("22:10:30", "end-of-run")).verdict).toBe("unknown");
});

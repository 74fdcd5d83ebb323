import { expect, test } from "vitest";
import { journalOf, line, setting, type Lines } from "../../../test/support/journal.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { poolHealth } from "./pool-health.ts";

const judge = (...lines: Lines[]) => poolHealth({ limit: 5, above: 0.8 }).judge(journalOf(...lines), setting);
/** So many at once, for a minute before that time. */
const atOnce = (time: string, many: number) =>
  Array.from({ length: many }, () => request(time, "/v5/market/kline", { tookMs: 60_000 }));
const reported = (time: string, share: number) => line(time, "client.telemetry", { event: "pool", data: { share } });
const decided = line("22:00:30", "client.telemetry", { event: "decision", data: {} });

test("a full pool that is reported in time passes", () => {
  expect(judge(atOnce("22:02", 5), reported("22:01:04", 0.9))).toMatchObject({ verdict: "pass", measured: 4_000 });
});

test("a pool that the client knew of before the exchange saw it passes", () => {
  expect(judge(atOnce("22:02", 5), reported("22:00:59", 1))).toMatchObject({ verdict: "pass", measured: 0 });
});

test("too late fails, and so does a share that is not above the mark", () => {
  expect(judge(atOnce("22:02", 5), reported("22:01:30", 0.9))).toMatchObject({ verdict: "fail", measured: 30_000 });
  expect(judge(atOnce("22:02", 5), reported("22:01:04", 0.8))).toMatchObject({ verdict: "fail", measured: null });
});

test("never fails; the message says what the exchange saw, and when", () => {
  const seen = judge(atOnce("22:02", 5), decided);
  expect(seen).toMatchObject({ verdict: "fail", measured: null, target: 10_000, unit: "ms" });
  expect(seen.message).toContain(
    'Expected reference to say so (telemetry "pool") within 10 s after more than 80 % of its pool was in use at 22 Oct 02:01:00 UTC+4; it did not in the 1 min that it had.',
  );
});

test("a client without telemetry is not judged", () => {
  expect(judge(atOnce("22:02", 5))).toMatchObject({ verdict: "not-applicable", measured: null });
});

test("a pool that was never full says nothing", () => {
  expect(judge(atOnce("22:02", 4), decided)).toMatchObject({ verdict: "unknown", measured: null });
});

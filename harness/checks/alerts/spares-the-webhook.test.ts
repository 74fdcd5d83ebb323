import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../../core/units.ts";
import { attempt, taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { sparesTheWebhook } from "./spares-the-webhook.ts";

const fault = webhookFault("22:02", "22:22");
const judge = (...lines: Lines[]) =>
  sparesTheWebhook({ every: minutes(5) }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
/** `22:03:10 A`: when the attempt ended, and what it said. */
const attempts = (...all: string[]) =>
  all.map((one) => {
    const [time = "", text = "A"] = one.split(" ");
    return attempt(time, { tookMs: seconds(10), text });
  });
const threeAlerts = ["22:03:10 A", "22:03:21 A", "22:03:36 B", "22:03:51 C"];

test("three alerts with their retries, then one probe in five minutes, passes", () => {
  expect(judge(fault, attempts(...threeAlerts, "22:09:21 D", "22:14:31 D", "22:19:41 E"))).toMatchObject({
    verdict: "pass",
    measured: 0,
    target: 0,
  });
});

test("every attempt after the third alert that comes too soon is one too many: a probe of two, a fourth alert", () => {
  const { verdict, measured, message } = judge(fault, attempts(...threeAlerts, "22:09:21 D", "22:09:32 D"));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 1 });
  expect(message).toContain("of its 6 attempts in server.webhook hang");
  expect(judge(fault, attempts(...threeAlerts, "22:04:06 D"))).toMatchObject({ verdict: "fail", measured: 1 });
});

test("alerts that are minutes apart are alerts, whatever they say; and one that is retried for ever is not spared", () => {
  expect(judge(fault, attempts("22:04", "22:06", "22:08", "22:10", "22:12"))).toMatchObject({ measured: 2 });
  expect(judge(fault, attempts("22:04", "22:04:30", "22:05", "22:05:30", "22:06", "22:06:30"))).toMatchObject({
    verdict: "fail",
    measured: 2,
  });
});

test("what comes before or after the fault is not counted", () => {
  expect(judge(fault, attempts("22:01", "22:01:30", "22:03:10", "22:22:30", "22:22:50"))).toMatchObject({
    verdict: "pass",
    measured: 0,
  });
});

test("a webhook that never failed, or was never asked, says nothing", () => {
  expect(judge(attempts(...threeAlerts), taken("22:05")).verdict).toBe("unknown");
  expect(judge(fault).verdict).toBe("unknown");
});

describe("a host without an address", () => {
  const named = { fault: "fault-1", name: "process.no-address" };
  const unaddressed = [
    line("22:02", "fault.armed", { ...named, endpoint: "webhook", awaits: "a lookup" }),
    line("22:02", "fault.landed", { ...named, proof: 0, evidence: "looked up" }),
    line("22:22", "fault.healed", { ...named, by: "scenario" }),
  ];
  const lookups = (...times: string[]) =>
    times.map((time) => line(time, "client.looked-up", { host: "firedrill-webhook.invalid" }));
  const twelve = Array.from({ length: 12 }, (_, n) => `22:03:${String(n * 4).padStart(2, "0")}`);

  test("is looked up for three alerts of four attempts at most, then once in five minutes", () => {
    expect(judge(unaddressed, lookups(...twelve, "22:08:45", "22:13:46"))).toMatchObject({ verdict: "pass" });
    expect(judge(unaddressed, lookups(...twelve, "22:06", "22:08"))).toMatchObject({ verdict: "fail", measured: 2 });
  });

  test("asked for twice at once it is one attempt", () => {
    const again = twelve.map((time) => `${time}.010`);
    expect(judge(unaddressed, lookups(...twelve, ...again, "22:08:45"))).toMatchObject({ verdict: "pass" });
  });
});

/** What CI servers read, made of results with everything that can break a format: quotes, control characters, new lines. */

import { afterEach, expect, test, vi } from "vitest";
import { noRecovery } from "../../evidence/losses/recovery.ts";
import type { PlannedRun } from "../../runner/plan.ts";
import type { ReporterKind } from "../../runner/reporter.ts";
import type { CheckResult, RunResult, ScenarioResult } from "../../runner/result.ts";
import github from "./github.ts";
import junit from "./junit.ts";

afterEach(() => vi.unstubAllEnvs());

const check = (name: string, verdict: CheckResult["verdict"], message: string): CheckResult => ({
  ...{ name, verdict, message, measured: 1_300, target: 30_000, unit: "ms", evidence: [] },
});
const result = (client: string, more: Partial<ScenarioResult>): ScenarioResult => ({
  ...{ scenario: "night", trial: null, client, verdict: "pass", valid: true, reason: null, lacks: null },
  ...{ compression: 1, wallMs: 1_234 },
  ...{
    incidentMs: 60_000,
    proxy: "embedded",
    time: "leap",
    faults: [],
    recovery: noRecovery,
    alerts: null,
    checks: [],
  },
  ...{ repeat: 1, attempt: 1, again: `npx firedrill run night --client ${client} --seed s1` },
  ...{ journal: `night/${client}/journal.ndjson`, journalSha256: "0" },
  ...more,
});
const results = [
  result("good", { checks: [check("reconnects", "pass", "it did")] }),
  result("bad", {
    verdict: "fail",
    checks: [check("reconnects", "fail", 'it said "<no>" & \u0007 went, 100%:\nnever')],
  }),
  result("mute", { verdict: "unknown", valid: false, reason: "it never connected" }),
  result("still", {
    ...{ trial: "1012", verdict: "unplayable", reason: "it never settled" },
    again: "npx firedrill run night/1012 --client still --seed s1",
  }),
  result("other", { verdict: "not-applicable", reason: "not its role", journal: null, journalSha256: null }),
];

async function printed(kind: ReporterKind): Promise<string> {
  let text = "";
  const reporter = kind.create({ isStdout: true, print: (more) => void (text += more) });
  for (const each of results) {
    const run = { scenario: { id: each.scenario }, client: { name: each.client }, repeat: 1 };
    reporter.finished?.(run as unknown as PlannedRun, each);
  }
  await reporter.ended?.({ run: { seed: "s1" }, results } as unknown as RunResult, "/out");
  return text;
}

test("JUnit: a case a trial, each with its verdict, its checks as properties, and how to play it again", async () => {
  const xml = await printed(junit);
  expect(xml).toContain('<testsuites name="firedrill" tests="5" failures="1" errors="2" time="6.170">');
  expect(xml.match(/<testcase /g)).toHaveLength(5);
  expect(xml).toContain('<property name="check.reconnects" value="pass: 1.3 s, at most 30 s"/>');
  expect(xml).toContain(
    '<failure message="reconnects: it said &quot;&lt;no&gt;&quot; &amp; \ufffd went, 100%:&#10;never" type="reconnects">',
  );
  expect(xml).toContain('<error message="it never connected" type="invalid">');
  expect(xml).toContain('<error message="it never settled" type="unplayable">');
  expect(xml).toContain("Again: npx firedrill run night/1012 --client still --seed s1</system-out>");
  expect(xml).toContain('<skipped message="not its role"/>');
  expect(xml).toContain("Again: npx firedrill run night --client bad --seed s1</system-out>");
});

test("GitHub: an annotation on a line for each that is not green, and a table", async () => {
  vi.stubEnv("GITHUB_STEP_SUMMARY", "");
  const lines = (await printed(github)).split("\n");
  expect(lines.filter((line) => line.startsWith("::"))).toEqual([
    '::error title=night × bad fails reconnects::it said "<no>" & \u0007 went, 100%25:%0Anever',
    "::error title=night × mute is invalid::it never connected",
    "::warning title=night/1012 × still is unplayable::it never settled",
  ]);
  expect(lines).toContain("## Firedrill: 5 runs, 1 pass, 1 fail, 1 invalid, 1 unplayable, 1 not-applicable");
  expect(lines.filter((line) => line.startsWith("| ")).length).toBe(7);
  expect(lines).toContain("npx firedrill run night --client bad --seed s1");
});

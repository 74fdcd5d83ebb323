/**
 * JUnit XML, as CI servers read it: a suite and a case per trial, its checks as the suite's properties (the schema has
 * none for a case), and how to play it again in its output. What could not be judged is an error, as no test of theirs knows `unknown`; not-applicable is skipped.
 */

import { relative } from "node:path";
import { runName, type PlannedRun } from "../../runner/plan.ts";
import type { ReporterKind } from "../../runner/reporter.ts";
import type { ScenarioResult } from "../../runner/result.ts";
import { measurement } from "../style.ts";

interface Case {
  run: PlannedRun;
  result: ScenarioResult;
}

export default {
  name: "junit",
  file: "junit.xml",
  create({ print }) {
    const cases: Case[] = [];
    return {
      finished: (run, result) => void cases.push({ run, result }),
      ended: (_result, output) => print(document(cases, relative(process.cwd(), output) || output)),
    };
  },
} satisfies ReporterKind;

type State = "passed" | "failure" | "error" | "skipped";

function stateOf({ verdict, valid }: ScenarioResult): State {
  if (!valid || verdict === "unknown" || verdict === "unplayable") return "error";
  if (verdict === "fail") return "failure";
  return verdict === "pass" ? "passed" : "skipped";
}

function document(cases: readonly Case[], folder: string): string {
  const suites = cases.map((each) =>
    element("testsuite", { name: nameOf(each), ...totals([each]) }, [
      element("properties", {}, propertiesOf(each.result)),
      caseOf(each, folder),
    ]),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "firedrill", ...totals(cases, false) }, suites)}\n`;
}

function totals(cases: readonly Case[], skipped = true): Record<string, string> {
  const count = (state: State): string => String(cases.filter(({ result }) => stateOf(result) === state).length);
  return {
    tests: String(cases.length),
    failures: count("failure"),
    errors: count("error"),
    ...(skipped ? { skipped: count("skipped") } : {}),
    time: seconds(cases.reduce((sum, { result }) => sum + result.wallMs, 0)),
  };
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

const propertiesOf = ({ incidentMs, proxy, time, checks }: ScenarioResult): string[] =>
  [
    ["incidentMs", String(incidentMs)],
    ["proxy", proxy],
    ["time", time],
    ...checks.map((check) => [`check.${check.name}`, `${check.verdict}: ${measurement(check)}`]),
  ].map(([name = "", value = ""]) => element("property", { name, value }));

const nameOf = ({ run, result }: Case): string => runName(run, result.trial, result.attempt);

function caseOf(each: Case, folder: string): string {
  const { result } = each;
  const { scenario, client, checks, wallMs, journal, again } = result;
  const where = journal === null ? [] : [`Journal: ${folder}/${journal}`];
  const output = [
    ...checks.map(({ verdict, name, message }) => `${verdict} ${name}: ${message}`),
    ...where,
    ...(again === null ? [] : [`Again: ${again}`]),
  ];
  return element(
    "testcase",
    { name: nameOf(each), classname: `firedrill.${scenario}.${client}`, time: seconds(wallMs) },
    [...outcome(result), element("system-out", {}, [escaped(output.join("\n"))])],
  );
}

function outcome(result: ScenarioResult): string[] {
  const { reason, checks, verdict, valid } = result;
  const state = stateOf(result);
  if (state === "passed") return [];
  const wanted = state === "failure" ? "fail" : "unknown";
  const bad = checks.filter((check) => check.verdict === wanted);
  const lines = reason === null ? bad.map(({ name, message }) => `${name}: ${message}`) : [reason];
  const message = lines[0] ?? "No check was applicable.";
  if (state === "skipped") return [element("skipped", { message })];
  const type = bad[0]?.name ?? (valid ? verdict : "invalid");
  return [element(state, { message, type }, [escaped(lines.join("\n"))])];
}

function element(name: string, attributes: Record<string, string>, children: readonly string[] = []): string {
  const given = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(value).replaceAll("\n", "&#10;")}"`,
  );
  return children.length === 0
    ? `<${name}${given.join("")}/>`
    : `<${name}${given.join("")}>${children.join("")}</${name}>`;
}

/** XML knows no other control characters, not even escaped. */
const escaped = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- those are what must not be there
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

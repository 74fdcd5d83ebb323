/**
 * GitHub Actions: an annotation per check that failed or could not be judged, and the table of all runs in the step's
 * summary. GitHub reads annotations from stdout and stderr alike, so that another reporter may own stdout.
 */

import { appendFile } from "node:fs/promises";
import { count } from "../../../core/units.ts";
import { outcomesOf } from "../../runner/attempts.ts";
import { runName, type PlannedRun } from "../../runner/plan.ts";
import type { ReporterKind } from "../../runner/reporter.ts";
import type { CheckResult, RunResult, ScenarioResult } from "../../runner/result.ts";
import { measurement } from "../style.ts";

interface Row {
  run: PlannedRun;
  result: ScenarioResult;
}

export default {
  name: "github",
  file: "github.md",
  create({ isStdout, print }) {
    const rows: Row[] = [];
    return {
      finished(run, result) {
        rows.push({ run, result });
        const lines = annotations(run, result).map((line) => `${line}\n`);
        if (isStdout) print(lines.join(""));
        else process.stderr.write(lines.join(""));
      },
      async ended(result) {
        const text = summary(result, rows);
        const file = process.env.GITHUB_STEP_SUMMARY;
        if (file !== undefined && file !== "") await appendFile(file, text);
        else if (isStdout) print(text);
        if (!isStdout) print(text);
      },
    };
  },
} satisfies ReporterKind;

function annotations(run: PlannedRun, { trial, attempt, checks, reason, verdict, valid }: ScenarioResult): string[] {
  const title = runName(run, trial, attempt);
  if (!valid) return [annotation("error", `${title} is invalid`, reason ?? "")];
  if (verdict === "unplayable") return [annotation("warning", `${title} is unplayable`, reason ?? "")];
  return checks.flatMap(({ name, verdict, message }) => {
    if (verdict === "fail") return [annotation("error", `${title} fails ${name}`, message)];
    return verdict === "unknown" ? [annotation("warning", `${title}: ${name} could not be judged`, message)] : [];
  });
}

/** As the runner reads a workflow command: a line, with what would end it or a property escaped. */
function annotation(level: "error" | "warning", title: string, message: string): string {
  const text = (value: string): string => value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (value: string): string => text(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return `::${level} title=${property(title)}::${text(message)}`;
}

const symbols = {
  pass: "✅",
  fail: "❌",
  unknown: "❔",
  unplayable: "❔",
  "not-applicable": "➖",
  invalid: "⚠️",
} as const;
const stateOf = ({ verdict, valid }: ScenarioResult): keyof typeof symbols => (valid ? verdict : "invalid");

function summary({ results }: RunResult, rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, ({ result }) => stateOf(result));
  const sentence = [...groups].map(([state, of]) => `${of.length} ${state}`).join(", ");
  const table = rows.map(({ run: planned, result }) => {
    const state = stateOf(result);
    return `| ${symbols[state]} ${state} | ${cell(runName(planned, result.trial, result.attempt))} | ${cell(worst(result))} |`;
  });
  const bad = rows.filter(({ result }) => ["fail", "unknown", "unplayable", "invalid"].includes(stateOf(result)));
  const again = [...new Set(bad.flatMap(({ result }) => result.again ?? []))];
  const flaky = outcomesOf(results).filter((outcome) => outcome.flaky).length;
  return [
    `## Firedrill: ${count(rows.length, "run")}, ${sentence}`,
    "",
    ...(flaky === 0 ? [] : [`⚠️ Flaky: ${count(flaky, "run")} passed only when played again.`, ""]),
    "| verdict | run | what was seen |",
    "| --- | --- | --- |",
    ...table,
    ...(again.length === 0 ? [] : ["", "To play them again:", "", "```sh", ...again, "```"]),
    "",
    "",
  ].join("\n");
}

function worst({ reason, checks }: ScenarioResult): string {
  if (reason !== null) return reason;
  const line = (check: CheckResult): string => `**${check.name}** ${measurement(check)}: ${check.message}`;
  const bad = checks.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  return bad.length === 0 ? count(checks.length, "check") : bad.map(line).join("<br>");
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

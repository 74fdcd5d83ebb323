/** The terminal: what happens while it happens, then each verdict with what was measured, and how to run it again. */

import { pc } from "../colours.ts";
import { relative } from "node:path";
import { isWorthAnother, outcomesOf } from "../../runner/attempts.ts";
import { runName, type Plan } from "../../runner/plan.ts";
import type { RunResult, ScenarioResult } from "../../runner/result.ts";
import { targetLines } from "../../runner/targets.ts";
import { headline } from "../headline.ts";
import { matrixTable } from "../matrix-table.ts";
import { liveArea, stillArea } from "../live-area.ts";
import { Progress } from "../progress.ts";
import type { ReporterKind } from "../../runner/reporter.ts";
import { mark, measurement, replayed, resultMark, verdictText } from "../style.ts";

export default {
  name: "list",
  file: "report.txt",
  create({ isStdout, print }) {
    const area = isStdout ? liveArea() : stillArea(print);
    const progress = new Progress(area, { narrated: true });
    return {
      started(plan) {
        area.print(`${headline(plan, particulars(plan))}\n`);
        for (const line of targetLines(plan.runs)) area.print(line);
      },
      event: (run, event, startMs) => progress.event(run, event, startMs),
      finished(run, result) {
        progress.finished(run);
        area.print(describe(runName(run, result.trial, result.attempt), result));
      },
      ended(result, output) {
        area.close();
        print(matrix(result));
        print(`\n${summary(result)}\n${pc.dim(footer(result, output))}\n`);
      },
    };
  },
} satisfies ReporterKind;

const particulars = ({ seed, proxy, time }: Plan): string => `proxy ${proxy}  time ${time}  seed ${seed}`;

/** A result as lines: its verdict, then each check; what went well in one line, what did not with its message. */
export function describe(name: string, result: ScenarioResult): string {
  const head = `${resultMark(result)} ${pc.bold(name)}  ${verdictText(result)}  ${pc.dim(replayed(result))}`;
  const reason = result.reason === null ? [] : [`    ${result.reason}`];
  const checks = result.checks.flatMap((check) => {
    const line = `    ${mark[check.verdict]} ${check.name.padEnd(18)}`;
    return check.verdict === "pass"
      ? [`${line} ${pc.dim(check.message)}`]
      : [`${line} ${measurement(check)}`, `      ${check.message}`];
  });
  return [head, ...reason, ...(result.valid ? [...checks, ...alertLines(result)] : [])].join("\n");
}

const mostAlerts = 20;

/** The alerts as an operator would find them in the channel: when, and the first line of each. */
function alertLines({ alerts, checks }: ScenarioResult): string[] {
  if (alerts === null || checks.length === 0) return [];
  if (alerts.length === 0) return [`    ${pc.dim("no alert was delivered")}`];
  const shown = alerts
    .slice(0, mostAlerts)
    .map(({ date, text }) => `      ${pc.dim(date)}  ${text.split("\n")[0] ?? ""}`);
  const more = alerts.length > mostAlerts ? [`      and ${alerts.length - mostAlerts} more, in result.json`] : [];
  return [`    ${pc.dim("alerts that were delivered:")}`, ...shown, ...more];
}

/** Where there is more than one client to compare. */
const matrix = ({ results }: RunResult): string =>
  new Set(results.map(({ client }) => client)).size < 2 ? "" : `\n${matrixTable(lastOf(results))}\n`;

const lastOf = (results: readonly ScenarioResult[]): ScenarioResult[] =>
  outcomesOf(results).map(({ result }) => result);

function summary({ results: all }: RunResult): string {
  const results = lastOf(all);
  const groups = Map.groupBy(outcomesOf(all), ({ result, flaky }) =>
    flaky ? "flaky (passed only when played again)" : result.valid ? result.verdict : "invalid",
  );
  const counts = [...groups].map(([name, group]) => `${group.length} ${name}`).join(", ");
  return [counts, ...survivals(results)].join("\n");
}

/** Of each client how many trials it survives, where several were judged. */
function survivals(results: readonly ScenarioResult[]): string[] {
  const judged = results.filter(({ trial, verdict, valid }) => trial !== null && valid && verdict !== "not-applicable");
  return [...Map.groupBy(judged, ({ client }) => client)].flatMap(([client, all]) => {
    const survived = all.filter(({ verdict }) => verdict === "pass").length;
    return all.length < 2 ? [] : [`${client} survives ${survived} of ${all.length} trials`];
  });
}

function footer({ results }: RunResult, output: string): string {
  const bad = results.find(isWorthAnother);
  const folder = relative(process.cwd(), output) || output;
  const again = bad?.again == null ? "" : `\nAgain: ${bad.again}`;
  return `Journals, logs and result.json: ${folder}${again}`;
}

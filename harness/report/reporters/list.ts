/** The terminal: what happens while it happens, then each verdict with what was measured, and how to run it again. */

import pc from "picocolors";
import { relative } from "node:path";
import { rerunLine, runName, type Plan, type PlannedRun } from "../../runner/plan.ts";
import type { RunResult, ScenarioResult } from "../../runner/result.ts";
import { headline } from "../headline.ts";
import { liveArea } from "../live-area.ts";
import { Progress } from "../progress.ts";
import type { ReporterKind } from "../reporter.ts";
import { mark, measurement, replayed, resultMark, verdictText } from "../style.ts";

export default {
  name: "list",
  create() {
    const area = liveArea();
    const progress = new Progress(area, { narrated: true });
    const rerun = new Map<ScenarioResult, PlannedRun>();
    return {
      started: (plan) => area.print(`${headline(plan, particulars(plan))}\n`),
      event: (run, event, startMs) => progress.event(run, event, startMs),
      finished(run, result) {
        progress.finished(run);
        rerun.set(result, run);
        area.print(describe(runName(run), result));
      },
      ended(result, output) {
        area.close();
        process.stdout.write(`\n${summary(result)}\n${pc.dim(footer(result, output, rerun))}\n`);
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
  return [head, ...reason, ...(result.valid ? checks : [])].join("\n");
}

function summary({ results }: RunResult): string {
  const groups = Map.groupBy(results, ({ verdict, valid }) => (valid ? verdict : "invalid"));
  return [...groups].map(([name, group]) => `${group.length} ${name}`).join(", ");
}

function footer({ run, results }: RunResult, output: string, rerun: ReadonlyMap<ScenarioResult, PlannedRun>): string {
  const bad = results.find(({ verdict, valid }) => !valid || verdict === "fail" || verdict === "unknown");
  const folder = relative(process.cwd(), output) || output;
  const planned = bad === undefined ? undefined : rerun.get(bad);
  const again = planned === undefined ? "" : `\nAgain: ${rerunLine(planned, run.seed)}`;
  return `Journals, logs and result.json: ${folder}${again}`;
}

/**
 * From a journal to a result. Live or stored makes no difference: everything it needs is in the journal and in the
 * scenario's `expect`.
 */

import { formatTime } from "../../core/clock.ts";
import { FiredrillError, messageOf } from "../../core/errors.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { formatDuration } from "../../core/units.ts";
import type { Check, Judgement, Setting, Verdict } from "../check.ts";
import type { Scenario } from "../scenario.ts";
import { latenessMs } from "../checks/lib/lateness.ts";
import { recoveryOf } from "./recovery.ts";
import type { CheckResult, ScenarioResult } from "./result.ts";
import { faultResults, invalidReason } from "./validity.ts";

/** @throws FiredrillError where the journal does not begin with a run. */
export function judge(journal: JournalView, scenario: Scenario): ScenarioResult {
  const started = journal.first("run.started");
  if (started === undefined) {
    throw new FiredrillError("The journal has no run.started event: it is not the journal of a Firedrill run.");
  }
  const setting = settingOf(started);
  const inapplicable = journal.first("run.not-applicable")?.message;
  const checks = inapplicable === undefined ? scenario.expect.map((check) => judgeCheck(check, journal, setting)) : [];
  const failed = checks.some(({ verdict }) => verdict === "fail");
  const invalid = inapplicable === undefined ? invalidReason(journal, setting, failed) : null;
  return {
    scenario: started.scenario,
    client: started.client,
    verdict: invalid === null ? overall(checks.map(({ verdict }) => verdict)) : "unknown",
    valid: invalid === null,
    reason: inapplicable ?? invalid,
    compression: started.compression,
    wallMs: journal.first("run.ended")?.wallMs ?? 0,
    incidentMs: Math.round(journal.endMs),
    proxy: started.proxy,
    time: started.time,
    faults: faultResults(journal),
    recovery: recoveryOf(journal),
    checks,
  };
}

/** fail > unknown > pass; what was not applicable has no voice unless nothing else has. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ["fail", "unknown", "pass"] as const) if (verdicts.includes(verdict)) return verdict;
  return "not-applicable";
}

function settingOf(started: JournalEvent<"run.started">): Setting {
  const startMs = Date.parse(started.start);
  const { client, compression, timezone, symbols } = started;
  const date = (atMs: number): string => formatTime(startMs + atMs, { timezone, day: true, zone: true });
  return { client, startMs, compression, timezone, symbols, date };
}

function judgeCheck(check: Check, journal: JournalView, setting: Setting): CheckResult {
  try {
    const { excuse, ...judgement } = check.judge(journal, setting);
    return { name: check.name, ...judgement, ...excused(journal, judgement, excuse) };
  } catch (error) {
    // A check that throws has judged nothing; it must not count as a pass, nor blame the client.
    const message = `The check ${check.name} could not judge: ${messageOf(error)}. This is a bug of the check.`;
    return { name: check.name, verdict: "unknown", measured: null, target: 0, unit: "", message, evidence: [] };
  }
}

/** A failure that this machine's own lateness could have caused is no failure of the client. */
function excused(
  journal: JournalView,
  { verdict, message }: Pick<Judgement, "verdict" | "message">,
  excuse: Judgement["excuse"],
): Pick<CheckResult, "verdict" | "message"> | undefined {
  if (verdict !== "fail" || excuse === undefined) return undefined;
  const lateMs = latenessMs(journal, excuse);
  if (lateMs < excuse.latenessMs) return undefined;
  return {
    verdict: "unknown",
    message: `${message} But this machine was too busy to judge that: in that time Firedrill was late, or it and the client waited for a CPU, ${formatDuration(lateMs)} of incident time in all. Run it alone, or with a lower --compression.`,
  };
}

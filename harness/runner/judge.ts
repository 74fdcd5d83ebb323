/**
 * From a journal to a result. Live or stored makes no difference: everything it needs is in the journal and in the
 * scenario's `expect`.
 */

import { formatTime } from "../../core/clock.ts";
import { FiredrillError, messageOf } from "../../core/errors.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import { placeOf } from "../../core/journal/place.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { lineOf, type Check, type Setting, type Verdict } from "../incident/check.ts";
import type { Scenario } from "../incident/scenario.ts";
import { back } from "../checks/recovery/back.ts";
import { takenAlertsOf } from "../evidence/alerts.ts";
import { recoveryOf } from "../evidence/losses/recovery.ts";
import { trialsOf } from "../evidence/trials.ts";
import { excused } from "../verdicts/lateness.ts";
import { tolerancesOf } from "../evidence/tolerances.ts";
import type { AlertResult, CheckResult, ResultVerdict, ScenarioResult } from "./result.ts";
import { brokenText, faultResults, unfitness, type Unfit } from "./validity.ts";

/**
 * A result for each trial that was begun, or one of the whole.
 * @throws FiredrillError where the journal does not begin with a run.
 */
export function judge(journal: JournalView, scenario: Scenario): ScenarioResult[] {
  const trials = trialsOf(journal);
  if (trials.length === 0) return [judgeOne(journal, scenario)];
  return trials.map(({ trial, journal: own, startAt, endAt, wallMs }) => {
    const more = scenario.trials?.find(({ id }) => id === trial)?.expect ?? [];
    const result = judgeOne(own, { ...scenario, expect: [...scenario.expect, ...more] });
    return { ...fromStart(result, startAt), trial, wallMs, incidentMs: Math.round(endAt - startAt) };
  });
}

/** The same with its times from a trial's start. */
function fromStart(result: ScenarioResult, startAt: number): ScenarioResult {
  const moved = <T extends number | null>(at: T): T => (at === null ? at : ((at - startAt) as T));
  return {
    ...result,
    faults: result.faults.map((fault) => ({
      ...fault,
      ...{ armedAt: moved(fault.armedAt), landedAt: moved(fault.landedAt), healedAt: moved(fault.healedAt) },
    })),
    alerts: result.alerts?.map((alert) => ({ ...alert, at: moved(alert.at) })) ?? null,
    checks: result.checks.map((check) => ({
      ...check,
      evidence: check.evidence.map((line) => ({ ...line, at: moved(line.at) })),
    })),
  };
}

function judgeOne(journal: JournalView, scenario: Scenario): ScenarioResult {
  const started = journal.first("run.started");
  if (started === undefined) {
    throw new FiredrillError("The journal has no run.started event: it is not the journal of a Firedrill run.");
  }
  const setting = settingOf(started);
  const inapplicable = journal.first("run.not-applicable");
  const unsettled = journal.first("client.unsettled")?.message;
  const unfit: Unfit | undefined =
    inapplicable !== undefined
      ? { as: "not-applicable", why: inapplicable.message, lacks: inapplicable.lacks ?? "run" }
      : unsettled !== undefined
        ? { as: "unplayable", why: unsettled }
        : unfitness(journal, setting);
  const isPlayed = inapplicable === undefined && unsettled === undefined;
  const checks = isPlayed ? checksOf(journal, scenario, setting) : [];
  return {
    scenario: started.scenario,
    trial: null,
    client: started.client,
    ...{ repeat: 1, attempt: 1, again: null },
    verdict: verdictOf(unfit, checks),
    valid: unfit?.as !== "invalid",
    reason: unfit?.why ?? null,
    lacks: unfit?.as === "not-applicable" ? (unfit.lacks ?? "client") : null,
    compression: started.compression,
    wallMs: journal.first("run.ended")?.wallMs ?? 0,
    incidentMs: Math.round(journal.endMs),
    proxy: started.proxy,
    time: started.time,
    faults: faultResults(journal),
    recovery: recoveryOf(journal, tolerancesOf(setting)),
    alerts: started.roles.includes("alerts") ? alertsOf(journal, setting) : null,
    checks,
    journal: null,
    journalSha256: null,
  };
}

const alertsOf = (journal: JournalView, setting: Setting): AlertResult[] =>
  takenAlertsOf(journal).map(({ at, text }) => ({ at, date: setting.date(at), text }));

/** Those of the scenario; and that the client is back, where that was waited for or a later fault needed it. */
function checksOf(journal: JournalView, scenario: Scenario, setting: Setting): CheckResult[] {
  const waited = journal.first("client.back") !== undefined;
  const checks = [...(waited ? [back()] : []), ...scenario.expect].map((check) => judgeCheck(check, journal, setting));
  const broken = brokenText(journal, setting);
  if (broken === undefined || checks.some(({ verdict }) => verdict === "fail")) return checks;
  const { event, text } = broken;
  const message = `Expected ${setting.client} to ${text}. See ${placeOf(event)}.`;
  const failed: CheckResult = {
    name: "back",
    verdict: "fail",
    measured: null,
    target: 0,
    unit: "ms",
    message,
    evidence: [lineOf(event, "the fault that broke it")],
  };
  return [failed, ...checks.filter(({ name }) => name !== "back")];
}

/** A failure stands, whatever else could not be seen. */
function verdictOf(unfit: Unfit | undefined, checks: readonly CheckResult[]): ResultVerdict {
  const judged = overall(checks.map(({ verdict }) => verdict));
  if (unfit === undefined || (unfit.as === "not-applicable" && judged === "fail")) return judged;
  return unfit.as === "invalid" ? "unknown" : unfit.as;
}

/** fail > unknown > pass; what was not applicable has no voice unless nothing else has. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ["fail", "unknown", "pass"] as const) if (verdicts.includes(verdict)) return verdict;
  return "not-applicable";
}

/** What a check may know of a run besides its journal. */
export function settingOf(started: JournalEvent<"run.started">): Setting {
  const startMs = Date.parse(started.start);
  const { client, compression, time, timezone, symbols } = started;
  const date = (atMs: number): string => formatTime(startMs + atMs, { timezone, day: true, zone: true });
  return { client, startMs, compression, time, timezone, symbols, date };
}

export function judgeCheck(check: Check, journal: JournalView, setting: Setting): CheckResult {
  try {
    return { name: check.name, ...excused(journal, check.judge(journal, setting)) };
  } catch (error) {
    // A check that throws has judged nothing; it must not count as a pass, nor blame the client.
    const message = `The check ${check.name} could not judge: ${messageOf(error)}. This is a bug of the check.`;
    return { name: check.name, verdict: "unknown", measured: null, target: 0, unit: "", message, evidence: [] };
  }
}

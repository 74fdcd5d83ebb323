/**
 * The shape of `result.json`, schema `firedrill.result/2`, from which its types and its published JSON Schema are made.
 * Times are incident ms from the scenario's start, or the trial's.
 */

import { z } from "zod";
import { journalFile } from "../../core/journal/place.ts";

/** Where the results of a run are, in its folder. */
export const resultFile = "result.json";

const verdict = z.enum(["pass", "fail", "unknown", "not-applicable"]);
const span = z.number().nullable();

const evidenceLine = z.strictObject({
  file: z.literal(journalFile),
  line: z.int().min(1).describe("As an editor counts them, from 1."),
  at: z.number(),
  what: z.string(),
});

const checkResult = z.strictObject({
  name: z.string(),
  verdict,
  measured: z.number().nullable().describe("In `unit`; null where nothing could be measured."),
  target: z.number(),
  unit: z.string(),
  message: z.string().describe("What was expected of whom, what was seen instead, when, and where to look."),
  evidence: z.array(evidenceLine),
});

const faultResult = z.strictObject({
  name: z.string(),
  does: z.string().nullable().describe("Which of the things that this kind can do; null where its name says it all."),
  armedAt: z.number(),
  landedAt: z.number().nullable().describe("null where it never landed."),
  healedAt: z.number().nullable(),
  evidence: z.string().nullable(),
});

const recovery = z.strictObject({
  detectMs: span,
  reconnectMs: span,
  authenticateMs: span,
  resubscribeMs: span,
  firstDataMs: span,
  blackoutMs: span,
});

/** A message that the webhook took, as somebody would find it in the channel. */
const alertResult = z.strictObject({
  at: z.number(),
  date: z.string().describe("The same as the incident's local time."),
  text: z.string(),
});

const scenarioResult = z.strictObject({
  scenario: z.string(),
  trial: z.string().nullable().describe("Which of its trials; null where it is played as a whole."),
  client: z.string(),
  repeat: z.int().min(1).describe("Above 1 only with --repeat."),
  attempt: z.int().min(1).describe("Above 1 only with --retries: what did not pass was played again."),
  verdict: z
    .enum([...verdict.options, "unplayable"])
    .describe("`unplayable`: the client never settled, so nothing could go wrong."),
  valid: z.boolean().describe("False where the harness could not do what it said."),
  reason: z.string().nullable().describe("Why it is invalid, unplayable or not applicable."),
  lacks: z
    .enum(["run", "client"])
    .nullable()
    .describe("Of one that is not applicable: the run lacks what the scenario needs, or the client does not do it."),
  compression: z.number().describe("How much faster than the wall; 1 where the clock leaps, or is the wall's."),
  wallMs: z.number(),
  incidentMs: z.number(),
  proxy: z.string(),
  time: z.string(),
  faults: z.array(faultResult),
  recovery,
  alerts: z
    .array(alertResult)
    .nullable()
    .describe("The history of its alerts, those that were taken; null where the scenario is not about alerts."),
  checks: z.array(checkResult),
  again: z.string().nullable().describe("The command that plays it again, for a shell."),
  journal: z.string().nullable().describe("From the folder of the run."),
  journalSha256: z.string().nullable(),
});

export const resultSchema = z.strictObject({
  schema: z.literal("firedrill.result/2"),
  run: z.strictObject({
    id: z.string(),
    seed: z.string().describe("Of a merged run all its parts' seeds."),
    commit: z.string().nullable(),
    complete: z.boolean().describe("False where it was ended before everything was played."),
    wallMs: z.number(),
    incidentMs: z.number(),
    environment: z.strictObject({ node: z.string(), proxy: z.string(), time: z.string(), cores: z.number() }),
  }),
  results: z.array(scenarioResult),
});

export type Recovery = z.infer<typeof recovery>;
export type CheckResult = z.infer<typeof checkResult>;
export type AlertResult = z.infer<typeof alertResult>;
export type FaultResult = z.infer<typeof faultResult>;
export type ScenarioResult = z.infer<typeof scenarioResult>;
export type ResultVerdict = ScenarioResult["verdict"];
export type RunResult = z.infer<typeof resultSchema>;

/** For whoever reads results with a program. */
export const resultJsonSchema = (): object => ({
  ...z.toJSONSchema(resultSchema),
  title: "The result of a Firedrill run, firedrill.result/2",
});

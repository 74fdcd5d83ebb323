import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { noRecovery } from "../evidence/losses/recovery.ts";
import { resultJsonSchema, type RunResult } from "./result.ts";

const whole: RunResult = {
  schema: "firedrill.result/2",
  run: {
    ...{ id: "20251021-225256-ab12", seed: "s", commit: null, complete: true, wallMs: 1, incidentMs: 2 },
    environment: { node: "v24.0.0", proxy: "embedded", time: "leap", cores: 2 },
  },
  results: [
    {
      ...{ scenario: "night", trial: null, client: "bot", repeat: 1, attempt: 1, verdict: "fail", valid: true },
      ...{ reason: null, lacks: null, compression: 1, wallMs: 1, incidentMs: 2, proxy: "embedded", time: "leap" },
      ...{
        faults: [],
        recovery: noRecovery,
        alerts: null,
        again: null,
        journal: "night/bot/journal.ndjson",
        journalSha256: "00",
      },
      checks: [
        {
          ...{ name: "redials", verdict: "fail", measured: null, target: 5_000, unit: "ms", message: "It never did." },
          evidence: [{ file: "journal.ndjson", line: 7, at: 1.5, what: "the close" }],
        },
      ],
    },
  ],
};

test("the published schema takes a result, and no other thing", () => {
  const schema = new Validator(resultJsonSchema(), "2020-12", false);
  const validate = (value: unknown) => schema.validate(value).valid;
  expect(schema.validate(whole).errors).toEqual([]);
  const [first] = whole.results;
  expect(validate({ ...whole, schema: "firedrill.result/1" })).toBe(false);
  expect(validate({ ...whole, results: [{ ...first, verdict: "green" }] })).toBe(false);
  expect(validate({ ...whole, results: [{ ...first, more: 1 }] })).toBe(false);
});

import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { runResult } from "../../test/support/stored-result.ts";
import { resultJsonSchema } from "./result.ts";

const whole = runResult([
  {
    verdict: "fail",
    checks: [
      {
        ...{ name: "redials", verdict: "fail", measured: null, target: 5_000, unit: "ms", message: "It never did." },
        evidence: [{ file: "journal.ndjson", line: 7, at: 1.5, what: "the close" }],
      },
    ],
  },
]);

test("the published schema takes a result, and no other thing", () => {
  const schema = new Validator(resultJsonSchema(), "2020-12", false);
  const validate = (value: unknown) => schema.validate(value).valid;
  expect(schema.validate(whole).errors).toEqual([]);
  const [first] = whole.results;
  expect(validate({ ...whole, schema: "firedrill.result/1" })).toBe(false);
  expect(validate({ ...whole, results: [{ ...first, verdict: "green" }] })).toBe(false);
  expect(validate({ ...whole, results: [{ ...first, more: 1 }] })).toBe(false);
});

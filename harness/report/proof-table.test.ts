import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { Expectation } from "../runner/expectation.ts";
import { proofTable } from "./proof-table.ts";

const expectation = (
  scenario: string,
  client: string,
  wanted: string,
  seen: string,
  applicable = true,
): Expectation => ({
  ...{ scenario, trial: null, client, wanted, seen, applicable },
  holds: wanted === seen,
});

test("a row a scenario: the reference, then each broken client and what catches it", () => {
  const table = proofTable([
    expectation("drops", "reference", "pass", "pass"),
    expectation("drops", "broken/deaf", "fails redials", "fails redials"),
    expectation("drops", "broken/leaky", "fails memory-flat", "pass"),
    expectation("skew", "reference", "pass", "unknown"),
    expectation("skew", "broken/naive", "fails clock", "not-applicable", false),
  ]);
  expect(
    stripVTControlCharacters(table)
      .split("\n")
      .map((line) => line.trimEnd().replace(/ {2,}/g, "  ")),
  ).toEqual([
    "  reference  broken, and what catches it",
    "drops  ✓ passes  ✓ deaf: redials",
    "  ✗ leaky: pass, not memory-flat",
    "skew  ✗ unknown  – naive: not applicable",
  ]);
});

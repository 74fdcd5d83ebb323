import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { noRecovery } from "../evidence/losses/recovery.ts";
import type { Verdict } from "../incident/check.ts";
import type { ScenarioResult } from "../runner/result.ts";
import { matrixTable } from "./matrix-table.ts";

const result = (scenario: string, client: string, verdict: Verdict, more: Partial<ScenarioResult> = {}) => ({
  ...{
    scenario,
    trial: null,
    client,
    verdict,
    valid: true,
    reason: null,
    lacks: null,
    ...{ repeat: 1, attempt: 1, again: null },
    compression: 1,
    wallMs: 0,
    incidentMs: 0,
  },
  ...{ proxy: "embedded", time: "leap", faults: [], recovery: noRecovery, alerts: null, checks: [] },
  ...{ journal: null, journalSha256: null },
  ...more,
});
const failed = (...names: string[]): Partial<ScenarioResult> => ({
  checks: names.map((name) => ({
    ...{ name, verdict: "fail" as const, measured: null, target: 0, unit: "", message: "", evidence: [] },
  })),
});

test("a row for each scenario, a column for each client, and what each survives of what it plays", () => {
  const results = [
    result("stream-stale", "reference", "pass"),
    result("stream-stale", "sdk/python-pybit", "fail", failed("redials", "comes-back")),
    result("rest-ip-ban", "reference", "pass"),
    result("rest-ip-ban", "sdk/python-pybit", "not-applicable"),
    result("private-gap", "reference", "unknown"),
    result("private-gap", "sdk/python-pybit", "unknown", { valid: false }),
  ];
  expect(stripVTControlCharacters(matrixTable(results)).split("\n")).toEqual([
    "              reference  python-pybit",
    "stream-stale  ✓          ✗ 2 of 2",
    "rest-ip-ban   ✓          –",
    "private-gap   ? unknown  ! invalid",
    "survives      2 of 3     0 of 2",
  ]);
});

test("the trials of a scenario stand together below it, in whatever order they ended", () => {
  const trial = (id: string, client: string, verdict: Verdict) => result("codes", client, verdict, { trial: id });
  const results = [
    trial("1000", "reference", "pass"),
    result("rest-ip-ban", "reference", "pass"),
    trial("1001", "reference", "pass"),
    trial("1000", "sdk/node-ws", "unknown"),
  ];
  expect(stripVTControlCharacters(matrixTable(results)).split("\n")).toEqual([
    "             reference  node-ws",
    "codes",
    "  1000       ✓          ? unknown",
    "  1001       ✓",
    "rest-ip-ban  ✓",
    "survives     3 of 3     0 of 1",
  ]);
});

test("a repeat is a mark more in its cell, and counts", () => {
  const results = [result("a", "x", "pass"), result("a", "x", "fail", failed("redials"))];
  expect(stripVTControlCharacters(matrixTable(results)).split("\n")).toEqual([
    "          x",
    "a         ✓ ✗ 1 of 1",
    "survives  1 of 2",
  ]);
});

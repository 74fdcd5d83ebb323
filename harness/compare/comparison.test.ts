import { describe, expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import { closed, journalOf, line, runStarted, stopped, type Lines } from "../../test/support/journal.ts";
import { request } from "../../test/support/rest-journal.ts";
import { comparisonTable } from "../report/comparison-table.ts";
import { noRecovery } from "../evidence/losses/recovery.ts";
import type { ScenarioResult } from "../runner/result.ts";
import type { StoredPlay } from "../runner/stored/stored-run.ts";
import { compare, type NamedRun } from "./comparison.ts";

const targets = { fewerResets: 80, fewerTimeouts: 60 };

const reset = (n: number): Lines =>
  Array.from({ length: n }, () =>
    line("22:10", "connection.closed", {
      ...{ endpoint: "exchange-rest", connection: "rest-1", by: "server", code: 0, reason: "", how: "reset" },
    }),
  );
const timeout = (n: number): Lines =>
  Array.from({ length: n }, () =>
    request("22:10", "/v5/market/tickers", { tookMs: 5_000, outcome: "abandoned", status: null, retCode: null }),
  );

const play = (scenario: string, client: string, lines: Lines = [], more: Partial<ScenarioResult> = {}): StoredPlay => ({
  result: {
    ...{
      scenario,
      trial: null,
      client,
      verdict: "pass",
      valid: true,
      reason: null,
      lacks: null,
      ...{ repeat: 1, attempt: 1, again: null },
      compression: 300,
      wallMs: 1,
      incidentMs: 1,
    },
    ...{ proxy: "embedded", time: "preload", faults: [], recovery: noRecovery, alerts: null, checks: [] },
    ...{ journal: null, journalSha256: null },
    ...more,
  },
  journal: journalOf(runStarted({ scenario, client }), lines, stopped("23:00", "end-of-run")),
});
const run = (name: string, ...plays: StoredPlay[]): NamedRun => ({ name, plays });
const before = (...lines: Lines[]) => run("a", play("day", "bot", lines));
const after = (...lines: Lines[]) => run("b", play("day", "reference", lines));

describe("the bar", () => {
  test("is held by just as many fewer as asked", () => {
    const seen = compare(before(reset(10), timeout(10)), after(reset(2), timeout(4)), targets);
    expect(seen).toMatchObject({
      verdict: "pass",
      reductions: [
        { what: "connection resets", before: 10, after: 2, fewer: 80, target: 80, verdict: "pass" },
        { what: "timeouts", before: 10, after: 4, fewer: 60, target: 60, verdict: "pass" },
      ],
    });
  });

  test("is missed by one too many, of either", () => {
    expect(compare(before(reset(10), timeout(10)), after(reset(3), timeout(4)), targets)).toMatchObject({
      verdict: "fail",
      reductions: [{ fewer: 70, verdict: "fail" }, { verdict: "pass" }],
    });
    expect(compare(before(reset(10), timeout(10)), after(reset(2), timeout(5)), targets)).toMatchObject({
      verdict: "fail",
      reductions: [{ verdict: "pass" }, { fewer: 50, verdict: "fail" }],
    });
  });

  test("is not held by what only rounds up to it", () => {
    const seen = compare(before(reset(10_000), timeout(10)), after(reset(2_001), timeout(0)), targets);
    expect(seen.reductions[0]).toMatchObject({ fewer: 80, verdict: "fail" });
  });

  test("is missed where it got worse, from nothing too", () => {
    expect(compare(before(reset(1)), after(reset(3), timeout(2)), targets).reductions).toMatchObject([
      { fewer: -200, verdict: "fail" },
      { fewer: null, verdict: "fail" },
    ]);
  });

  test("cannot be judged where there was nothing to reduce", () => {
    expect(compare(before(reset(10)), after(), targets)).toMatchObject({
      verdict: "unknown",
      reductions: [{ verdict: "pass" }, { fewer: null, verdict: "unknown" }],
    });
  });

  test("is set by the user", () => {
    const seen = compare(before(reset(10), timeout(10)), after(reset(5), timeout(5)), {
      fewerResets: 50,
      fewerTimeouts: 50,
    });
    expect(seen).toMatchObject({ verdict: "pass" });
  });
});

test("what the client or its end closed is no reset, and what its end cut off is no timeout", () => {
  const noise: Lines = [
    closed("22:10", "rest-1", { by: "client", endpoint: "exchange-rest" }),
    closed("22:11", "rest-2", { by: "server", endpoint: "exchange-rest" }),
    request("22:12", "/v5/market/tickers", { outcome: "reset", status: null, retCode: null }),
    request("23:01", "/v5/market/tickers", { outcome: "abandoned", status: null, retCode: null }),
  ];
  expect(compare(before(reset(1), timeout(1)), after(noise), targets).pairs).toMatchObject([
    { before: { resets: 1, timeouts: 1 }, after: { resets: 0, timeouts: 0 } },
  ]);
});

test("several scenarios are added up, and each is shown", () => {
  const [old, young] = [
    run("a", play("day", "bot", [reset(6), timeout(1)]), play("night", "bot", [reset(4), timeout(9)])),
    run("b", play("night", "reference", reset(2)), play("day", "reference", timeout(4))),
  ];
  const seen = compare(old, young, targets);
  expect(seen).toMatchObject({
    verdict: "pass",
    reductions: [
      { before: 10, after: 2 },
      { before: 10, after: 4 },
    ],
  });
  expect(comparisonTable(seen)).toMatch(/^day .*\n {2}connection resets +6 +0\n {2}timeouts +1 +4$/m);
});

test("the table says who, how many, how much fewer and what was asked, then recovery and checks", () => {
  const check = { name: "data-age", target: 20_000, unit: "ms", message: "", evidence: [] };
  const recovery = { ...noRecovery, reconnectMs: 4_000 };
  const seen = compare(
    run(
      "a",
      play("day", "bot", [reset(10), timeout(3)], { checks: [{ ...check, verdict: "fail", measured: 60_000 }] }),
    ),
    run(
      "b",
      play("day", "reference", reset(1), { recovery, checks: [{ ...check, verdict: "pass", measured: 9_000 }] }),
    ),
    targets,
  );
  expect(comparisonTable(seen).split("\n")).toEqual([
    "                      before: bot   after: reference   change        target",
    "connection resets     10            1                  90 % fewer    ✓ at least 80 % fewer",
    "timeouts              3             0                  100 % fewer   ✓ at least 60 % fewer",
    "",
    "day                   ✓             ✓",
    "  reconnected after   not seen      4 s",
    "  data-age            ✗ 1 min       ✓ 9 s",
  ]);
});

describe("runs that cannot be compared", () => {
  const mistake = (old: NamedRun, young: NamedRun): FiredrillError => {
    try {
      compare(old, young, targets);
    } catch (error) {
      expect(error).toBeInstanceOf(FiredrillError);
      return error as FiredrillError;
    }
    throw new Error("they were compared");
  };

  test("different scenarios", () => {
    expect(mistake(before(), run("b", play("night", "reference"))).message).toBe(
      "The runs cannot be compared: a played day, b played night. Give two runs of the same scenarios.",
    );
  });

  test("two clients on one side", () => {
    expect(mistake(before(), run("b", play("day", "reference"), play("day", "broken/bot"))).message).toBe(
      "b holds 2 clients for day (reference, broken/bot), and a comparison takes one on each side. Give the folder of one of them, such as b/day/reference.",
    );
  });

  test("an invalid run", () => {
    const invalid = run("b", play("day", "reference", [], { valid: false, reason: "The fault never landed." }));
    expect(mistake(before(), invalid)).toMatchObject({
      message: "day × reference in b is invalid, so its figures say nothing: The fault never landed. Run it again.",
      exitCode: 3,
    });
  });
});

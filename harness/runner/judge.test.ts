import { describe, expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import {
  at,
  clientStarted,
  fault,
  journalOf,
  line,
  opened,
  runStarted,
  type Lines,
} from "../../test/support/journal.ts";
import type { Check, Judgement, Verdict } from "../check.ts";
import type { Scenario } from "../scenario.ts";
import { judge, overall } from "./judge.ts";

const check = (name: string, judgement: Partial<Judgement>): Check => ({
  name,
  asks: "",
  judge: () => ({
    verdict: "pass",
    measured: 1,
    target: 2,
    unit: "ms",
    message: "It was slow.",
    evidence: [],
    ...judgement,
  }),
});
const scenario = (...expected: Check[]): Scenario => ({ id: "night", expect: expected }) as unknown as Scenario;
const run = [
  runStarted(),
  clientStarted("22:52"),
  opened("22:53", "signal-1"),
  line("23:00", "run.ended", { wallMs: 1_234 }),
];
const judged = (expected: Check[], ...more: Lines[]) => judge(journalOf(run, ...more), scenario(...expected));

test("a result tells the run, its checks and their verdict", () => {
  expect(judged([check("a", {}), check("b", { verdict: "fail" })])).toMatchObject({
    scenario: "night",
    client: "reference",
    verdict: "fail",
    valid: true,
    reason: null,
    compression: 300,
    wallMs: 1_234,
    incidentMs: 3_600_000,
    proxy: "embedded",
    time: "preload",
    checks: [
      { name: "a", verdict: "pass" },
      { name: "b", verdict: "fail" },
    ],
  });
});

test("a run that lacks what a fault needs is not applicable, with the reason, and no check has a voice", () => {
  const message = "The fault network.stall needs a proxy engine that can hold bytes.";
  expect(judged([check("a", { verdict: "fail" })], line("22:58", "run.not-applicable", { message }))).toMatchObject({
    verdict: "not-applicable",
    valid: true,
    reason: message,
    checks: [],
  });
});

test("a check gets the run's setting, with dates as the reports write them", () => {
  let seen = "";
  const looks: Check = {
    ...check("looks", {}),
    judge(journal, setting) {
      seen = `${setting.client} ${setting.timezone} ${setting.date(3_600_000)} ${setting.symbols.length}`;
      return check("x", {}).judge(journal, setting);
    },
  };
  judged([looks]);
  expect(seen).toBe("reference Asia/Dubai 22 Oct 03:00:00 UTC+4 3");
});

test("an invalid run has no verdict, whatever its checks say", () => {
  const result = judged([check("a", { verdict: "fail" })], fault("f1", { from: "22:55", to: "22:56" }));
  expect(result).toMatchObject({ valid: false, verdict: "unknown" });
  expect(result.reason).toContain("never landed");
});

test("a check that throws has judged nothing, and the others still do", () => {
  const throws: Check = {
    ...check("throws", {}),
    judge: () => {
      throw new TypeError("x is undefined");
    },
  };
  const result = judged([throws, check("a", {})]);
  expect(result.verdict).toBe("unknown");
  expect(result.checks).toMatchObject([
    {
      verdict: "unknown",
      measured: null,
      message: "The check throws could not judge: x is undefined. This is a bug of the check.",
    },
    { verdict: "pass" },
  ]);
});

describe("where this machine was late", () => {
  const slipped = [
    line("22:58", "harness.slipped", { wallMs: 10, incidentMs: 3_000 }),
    line("22:59", "client.starved", { wallMs: 10, incidentMs: 3_000 }),
  ];
  const excuse = (latenessMs: number, from = "22:57", to = "23:00") => ({ latenessMs, fromAt: at(from), toAt: at(to) });
  const fails = (given?: ReturnType<typeof excuse>) => [
    check("a", { verdict: "fail", ...(given === undefined ? {} : { excuse: given }) }),
  ];

  test("a failure that this could have caused is unknown, and says so", () => {
    const [first] = judged(fails(excuse(6_000)), slipped).checks;
    expect(first).toMatchObject({ verdict: "unknown" });
    expect(first?.message).toBe(
      "It was slow. But this machine was too busy to judge that: in that time Firedrill was late, or it and the client waited for a CPU, 6 s of incident time in all. Run it alone, or with a lower --compression.",
    );
  });

  test("a failure that is larger stays one", () => expect(judged(fails(excuse(6_001)), slipped).verdict).toBe("fail"));
  test("lateness at another time excuses nothing", () =>
    expect(judged(fails(excuse(6_000, "23:01", "23:02")), slipped).verdict).toBe("fail"));
  test("a failure that no lateness explains stays one", () => expect(judged(fails(), slipped).verdict).toBe("fail"));
  test("a pass stays a pass", () => expect(judged([check("a", { excuse: excuse(1) })], slipped).verdict).toBe("pass"));
  test("a failure on a machine that was not late stays one", () =>
    expect(judged(fails(excuse(1))).verdict).toBe("fail"));
  test("the excuse is not part of the result", () =>
    expect(judged(fails(excuse(1))).checks[0]).not.toHaveProperty("excuse"));
});

test.each<[Verdict, Verdict[]]>([
  ["fail", ["pass", "unknown", "fail", "not-applicable"]],
  ["unknown", ["pass", "unknown", "not-applicable"]],
  ["pass", ["not-applicable", "pass"]],
  ["not-applicable", ["not-applicable"]],
  ["not-applicable", []],
])("the whole is %s for %j", (verdict, verdicts) => expect(overall(verdicts)).toBe(verdict));

test("what is not the journal of a run is an error", () => {
  expect(() => judge(journalOf(clientStarted("22:52")), scenario())).toThrow(FiredrillError);
});

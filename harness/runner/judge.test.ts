import { describe, expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import { journalFile, lineNumber } from "../../core/journal/place.ts";
import {
  at,
  clientStarted,
  fault,
  journalOf,
  line,
  opened,
  runStarted,
  type Lines,
  closed,
} from "../../test/support/journal.ts";
import { minutes } from "../../core/units.ts";
import { request } from "../../test/support/rest-journal.ts";
import type { Check, Judgement, Verdict } from "../incident/check.ts";
import type { Scenario } from "../incident/scenario.ts";
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
function judged(expected: Check[], ...more: Lines[]) {
  const [result, ...others] = judge(journalOf(run, ...more), scenario(...expected));
  if (result === undefined || others.length > 0) throw new Error("one result is expected");
  return result;
}

test("a result names the run, its checks and their verdict", () => {
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

test("the alerts that were taken are in the result of a scenario about alerts, with their dates, and else null", () => {
  const accepted = { connection: "webhook-1", message: "1", text: "REST: failing", fields: 0, characters: 13 };
  const journal = journalOf(
    runStarted({ roles: ["rest-polling", "alerts"] }),
    ...[clientStarted("22:52"), opened("22:53", "signal-1"), line("22:55", "webhook.accepted", accepted)],
  );
  expect(judge(journal, scenario())[0]?.alerts).toEqual([
    { at: at("22:55"), date: "22 Oct 02:55:00 UTC+4", text: "REST: failing" },
  ]);
  expect(judged([]).alerts).toBeNull();
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
      "It was slow. But this machine was too busy to judge that: in that time Firedrill was late, or it and the client waited for a CPU, 6 s of incident time in all. Run it alone, or with --time leap.",
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

describe("trials", () => {
  const began = (time: string, trial: string) => line(time, "trial.started", { trial });
  const ended = (time: string, trial: string) => line(time, "trial.ended", { trial, goesOn: true, wallMs: 5 });
  const faults: Check = {
    ...check("faults", {}),
    judge: (journal, setting) => ({
      ...check("faults", {}).judge(journal, setting),
      message: journal
        .all("fault.landed", "connection.opened")
        .map((event) => (event.type === "fault.landed" ? event.fault : event.connection))
        .join(" "),
      evidence: journal
        .all("fault.landed")
        .map((event) => ({ ...{ file: journalFile, line: lineNumber(event) }, at: event.at, what: "it landed" })),
    }),
  };
  const results = judge(
    journalOf(
      [
        runStarted(),
        clientStarted("22:52"),
        began("22:53", "a"),
        opened("22:53", "signal-1"),
        opened("22:53", "signal-2"),
      ],
      [fault("f1", { from: "22:54", landed: "22:55", to: "22:56" }), closed("22:55", "signal-1"), ended("22:57", "a")],
      [began("23:00", "b"), fault("f2", { from: "23:01", landed: "23:02", to: "23:03" }), ended("23:04", "b")],
    ),
    scenario(faults),
  );

  test("are judged one by one, each on what stood at its start and what happened in it", () => {
    expect(results.map(({ trial, checks }) => [trial, checks[0]?.message])).toEqual([
      ["a", "signal-1 signal-2 f1"],
      ["b", "signal-2 f2"],
    ]);
  });
  test("a request that nobody gave up is of the trial in which it was made, and unanswered", () => {
    const outcomes: Check = {
      ...check("outcomes", {}),
      judge: (journal, setting) => ({
        ...check("outcomes", {}).judge(journal, setting),
        message: journal
          .all("exchange.request")
          .map(({ outcome }) => outcome)
          .join(" "),
      }),
    };
    const journal = journalOf(
      [runStarted(), clientStarted("22:52"), began("22:53", "a"), ended("22:57", "a"), began("23:00", "b")],
      [request("23:03", "/v5/market/tickers", { tookMs: minutes(8), outcome: "abandoned" }), ended("23:04", "b")],
    );
    expect(judge(journal, scenario(outcomes)).map(({ checks }) => checks[0]?.message)).toEqual(["unanswered", ""]);
  });
  test("with their times from the trial's start", () => {
    expect(results[1]).toMatchObject({
      incidentMs: 240_000,
      wallMs: 5,
      faults: [{ armedAt: 60_000, landedAt: 120_000, healedAt: 180_000 }],
      checks: [{ evidence: [{ at: 120_000 }] }],
    });
  });
});

test("a client that never settled is unplayable, which is no fault of the run", () => {
  const message = "The client did not settle within 5 min: it had nothing.";
  expect(judged([check("a", {})], line("22:58", "client.unsettled", { message }))).toMatchObject({
    ...{ verdict: "unplayable", valid: true, reason: message, checks: [] },
  });
});

test("that it did not come back is a check of its own, in words", () => {
  const times = { sinceMs: at("22:56"), backMs: null, limitMs: 30_000 };
  const data = { ...times, missing: "3 of 5 topics (a, b, c) brought nothing", after: "server.stream close 1012" };
  expect(judged([check("a", {})], line("22:57", "client.back", data))).toMatchObject({
    verdict: "fail",
    checks: [
      {
        name: "back",
        message:
          "Expected reference to be back within 30 s after server.stream close 1012 at 22 Oct 02:56:00 UTC+4; 3 of 5 topics (a, b, c) brought nothing. See journal.ndjson:4.",
      },
      { name: "a", verdict: "pass" },
    ],
  });
});

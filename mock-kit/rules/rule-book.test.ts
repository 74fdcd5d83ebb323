import { expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { RuleBook, type Rule } from "./rule-book.ts";
import { hours, minutes, seconds } from "../../core/units.ts";

function book() {
  const clock = incidentClock({ start: 0, compression: 600 });
  const journal = new Journal(clock);
  const fits = (match: string, subject: { describe: string }): boolean => match === subject.describe;
  const rules = new RuleBook<string, string, { describe: string; connection: string }>({
    endpoint: "signal",
    clock,
    journal,
    fits,
  });
  return {
    journal,
    clock,
    rules,
    arm: (match: string, action: string, more: Partial<Rule<string, string>> = {}) =>
      rules.arm({ match, action, ttlMs: hours(24), ...more }),
    ask: (describe: string) => rules.decide({ describe, connection: "signal-1" }),
    ends: () => journal.view().all("rule.ended"),
  };
}

test("an armed rule decides what it matches and nothing else", () => {
  const { arm, ask } = book();
  arm("ping", "close");
  expect(ask("get_signals")).toBeUndefined();
  expect(ask("ping")).toBe("close");
});

test("of several rules that match, the one armed first decides", () => {
  const { arm, ask } = book();
  arm("ping", "first");
  arm("ping", "second");
  expect(ask("ping")).toBe("first");
});

test("a rule with skip lets that many pass first", () => {
  const { arm, ask } = book();
  arm("ping", "close", { skip: 2 });
  expect([ask("ping"), ask("ping"), ask("ping")]).toEqual([undefined, undefined, "close"]);
});

test("a rule with times is used up after that many hits, and the next one comes to its turn", () => {
  const { arm, ask, ends } = book();
  arm("ping", "close", { times: 2 });
  arm("ping", "ignore");
  expect([ask("ping"), ask("ping"), ask("ping")]).toEqual(["close", "close", "ignore"]);
  expect(ends()).toMatchObject([{ rule: "signal-rule-1", why: "used-up", hits: 2 }]);
});

test("a rule that nobody disarms dies after its time to live", async () => {
  const { arm, ask, clock, journal } = book();
  arm("ping", "close", { ttlMs: seconds(30) });
  const ended = new Promise<void>((resolve) => {
    journal.subscribe(({ type }) => type === "rule.ended" && resolve());
  });
  expect(ask("ping")).toBe("close");
  await ended;
  expect(clock.elapsed()).toBeGreaterThanOrEqual(seconds(30));
  expect(ask("ping")).toBeUndefined();
  expect(journal.view().all("rule.ended")).toMatchObject([{ why: "expired", hits: 1 }]);
});

test("a disarmed rule is gone, and its end is reported once", async () => {
  const { arm, ask, clock, ends } = book();
  const armed = arm("ping", "close", { ttlMs: minutes(1) });
  armed.disarm();
  armed.disarm();
  expect(ask("ping")).toBeUndefined();
  await clock.sleep(minutes(2));
  expect(ends()).toMatchObject([{ why: "disarmed", hits: 0 }]);
});

test("clear disarms everything", () => {
  const { arm, ask, rules, ends } = book();
  arm("ping", "close");
  arm("auth", "refuse");
  expect(rules.armed).toHaveLength(2);
  rules.clear();
  expect(rules.armed).toEqual([]);
  expect([ask("ping"), ask("auth")]).toEqual([undefined, undefined]);
  expect(ends().map(({ why }) => why)).toEqual(["disarmed", "disarmed"]);
});

test("each hit is journaled with the rule, the connection and which hit it was", () => {
  const { arm, ask, journal } = book();
  const { id } = arm("ping", "close", { skip: 1 });
  for (let i = 0; i < 3; i += 1) ask("ping");
  const common = { rule: id, endpoint: "signal", connection: "signal-1", subject: "ping" };
  expect(journal.view().all("rule.hit")).toMatchObject([
    { ...common, nth: 1 },
    { ...common, nth: 2 },
  ]);
});

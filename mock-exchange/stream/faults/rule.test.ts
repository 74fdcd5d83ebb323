/** Rules as data: what is allowed, and what a person reads who got one wrong. */

import { describe, expect, test } from "vitest";
import { FiredrillError } from "../../../core/errors.ts";
import type { StreamName } from "./action.ts";
import { streamActions } from "./catalogue.ts";
import { parseRule } from "./rule.ts";

function refusal(rule: unknown, stream: StreamName = "public"): string {
  try {
    parseRule(rule, stream);
  } catch (error) {
    expect(error).toBeInstanceOf(FiredrillError);
    return (error as FiredrillError).message;
  }
  throw new Error("it was not refused");
}

const ttlMs = 1_000;

test.each([
  [
    { action: { do: "slience" }, ttlMs },
    'Unknown action "slience". Did you mean "silence"? Known: already-subscribed,',
  ],
  [{ action: { do: "gap", frame: 3 }, ttlMs }, 'action has no "frame". Did you mean "frames"? Allowed: frames.'],
  [{ action: { do: "stall", ms: 3 }, ttlMs }, 'action has no "ms". Allowed: atHeal.'],
  [{ action: { do: "silence", ms: 3 }, ttlMs }, 'action has no "ms". It takes nothing here.'],
  [{ action: { do: "gap" }, match: { topics: "x" }, ttlMs }, 'match has no "topics". Did you mean "topic"?'],
  [{ action: { do: "gap" }, match: { on: "topics" }, ttlMs }, 'Unknown match.on "topics". Did you mean "topic"?'],
  [{ action: { do: "gap" }, match: { on: "connect" }, ttlMs }, '"gap" cannot act on "connect", only on: topic.'],
  [
    { action: { do: "refuse-auth" }, ttlMs },
    '"refuse-auth" does not apply to the public stream, only to: private, trade.',
  ],
  [{ action: { do: "close", code: 999 }, ttlMs }, "action.code is 999: allowed are 1000 to 1014 without 1004"],
  [{ action: { do: "close" }, ttlMs }, "action.code is missing: "],
  [{ action: { do: "close", code: 1000, reason: "é".repeat(62) }, ttlMs }, "a reason has at most 123 bytes."],
  [{ action: { do: "refuse-upgrade", status: 200 }, ttlMs }, "action.status is 200: "],
  [{ action: { do: "gap" }, match: { connection: 0 }, ttlMs }, "match.connection is 0: "],
  [{ action: { do: "gap" }, times: 0, ttlMs }, "times is 0: "],
  [{ action: { do: "gap" }, time: 1, ttlMs }, 'the rule has no "time". Did you mean "times"?'],
  [{ action: { do: "gap" } }, "ttlMs is missing: "],
  [7, "the rule is 7: "],
])("%j is refused", (rule, sentence) => {
  expect(refusal(rule)).toMatch(/^A fault of the public stream cannot be armed: /);
  expect(refusal(rule)).toContain(sentence);
});

test("a rule that was JSON is what it was, with its defaults and the moment it is about", () => {
  const rule: unknown = JSON.parse('{"action":{"do":"gap"},"match":{"topic":"orderbook.*"},"skip":2,"ttlMs":5}');
  const { match, parameters, often } = parseRule(rule, "public");
  expect({ match, parameters, often }).toEqual({
    match: { on: "topic", topic: "orderbook.*" },
    parameters: { frames: 1 },
    often: { skip: 2, ttlMs: 5 },
  });
});

describe("the actions", () => {
  test("are found in their folder", () => {
    expect(streamActions.size).toBeGreaterThanOrEqual(24);
  });

  test.each([...streamActions])("%s can act wherever it says", (_name, action) => {
    const needed = {
      connect: ["dial"],
      upgrade: ["dial"],
      request: ["request", "connection"],
      topic: ["topic", "connection"],
      live: ["connection"],
    } as const;
    for (const moment of action.on)
      expect(
        needed[moment].some((name) => name in action),
        moment,
      ).toBe(true);
  });
});

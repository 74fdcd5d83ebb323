/** A rule as JSON, read by a language of its own: what it becomes, and what is reported of one that is wrong. */

import { expect, test } from "vitest";
import { z } from "zod";
import { FiredrillError } from "../../core/errors.ts";
import { readRule, type RuleLanguage } from "./read-rule.ts";

interface Lamp {
  parameters: z.ZodType;
  indoors?: boolean;
}

const language: RuleLanguage<{ on?: string | undefined }, Lamp> = {
  of: "A fault of the lamp",
  matches: {
    press: z.strictObject({ on: z.literal("press"), room: z.string().optional() }),
    night: z.strictObject({ on: z.literal("night") }),
  },
  actions: new Map<string, Lamp>([
    ["flicker", { parameters: z.strictObject({ ms: z.number(), deep: z.boolean().default(false) }) }],
    ["smash", { parameters: z.strictObject({}), indoors: true }],
  ]),
  meant: () => "press",
  mistake: (name, { indoors }, on) =>
    indoors === true && on === "night" ? `"${name}" cannot act on "night".` : undefined,
};

test("what is not written has its default: the moment that is meant, and parameters", () => {
  const rule = readRule({ action: { do: "flicker", ms: 3 }, skip: 1, ttlMs: 5 }, language);
  expect(rule).toMatchObject({ match: { on: "press" }, name: "flicker", parameters: { ms: 3, deep: false } });
  expect(rule.often).toEqual({ skip: 1, ttlMs: 5 });
});

test.each<[unknown, string]>([
  [7, "the rule is 7: "],
  [{ action: { do: "smash" } }, "ttlMs is missing: "],
  [{ action: { do: "smash" }, ttlMs: 1, time: 1 }, 'the rule has no "time". Did you mean "times"? Allowed: match, '],
  [{ action: { do: "smsh" }, ttlMs: 1 }, 'Unknown action "smsh". Did you mean "smash"? Known: flicker, smash.'],
  [
    { action: { do: "flicker", sm: 1 }, ttlMs: 1 },
    'action has no "sm". Did you mean "ms"? Allowed: ms, deep. action.ms',
  ],
  [{ action: { do: "smash", ms: 1 }, ttlMs: 1 }, 'action has no "ms". It takes nothing here.'],
  [{ match: { on: "presss" }, action: { do: "smash" }, ttlMs: 1 }, 'Unknown match.on "presss". Did you mean "press"?'],
  [{ match: { on: 7 }, action: { do: "smash" }, ttlMs: 1 }, 'Unknown match.on "7".'],
  [{ match: { rom: "x" }, action: { do: "smash" }, ttlMs: 1 }, 'match has no "rom". Did you mean "room"?'],
  [{ match: { on: "night" }, action: { do: "smash" }, ttlMs: 1 }, '"smash" cannot act on "night".'],
])("%j is refused, in a sentence", (json, sentence) => {
  expect(() => readRule(json, language)).toThrow(FiredrillError);
  expect(() => readRule(json, language)).toThrow(`A fault of the lamp cannot be armed: ${sentence}`);
});

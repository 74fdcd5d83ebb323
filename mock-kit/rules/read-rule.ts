/**
 * The rule language of every mock: `{ match: { on, … }, action: { do, … }, skip, times, ttlMs }`, as JSON. A mock says at
 * which moments a rule can act, what can be matched there, and which actions it has; here a rule is read and checked by
 * that, when it is armed: a rule with a slip of the pen that is silently ignored would let a run pass that met no fault.
 */

import { z } from "zod";
import { FiredrillError, nearestName, unknownName } from "../../core/errors.ts";
import type { Often } from "./rule-book.ts";

/** What an action must have to be named in a rule. */
export interface RuleAction<P = unknown> {
  parameters: z.ZodType<P>;
}

export interface RuleLanguage<Match extends { on?: string | undefined }, Action extends RuleAction> {
  /** Of what, for the message: "A REST fault". */
  of: string;
  /** Moment -> what can be matched there, `on` included. */
  matches: Readonly<Record<string, z.ZodType<Match>>>;
  actions: ReadonlyMap<string, Action>;
  /** The moment that is meant where a rule names none. */
  meant(action: Action): string;
  /** Why this action cannot act there, or undefined where it can. */
  mistake?(name: string, action: Action, on: string): string | undefined;
}

/** A rule with its action found and everything checked. */
export interface ReadRule<Match, Action> {
  match: Match;
  name: string;
  action: Action;
  parameters: unknown;
  often: Often;
}

const outline = z.strictObject({
  match: z.looseObject({ on: z.unknown().optional() }).optional(),
  action: z.looseObject({ do: z.string() }),
  skip: z.int().nonnegative().optional(),
  times: z.int().positive().optional(),
  ttlMs: z.number().positive(),
});

/** @throws FiredrillError that names what is wrong, what was seen and what is allowed. */
export function readRule<Match extends { on?: string | undefined }, Action extends RuleAction>(
  json: unknown,
  language: RuleLanguage<Match, Action>,
): ReadRule<Match, Action> {
  const { of, matches, actions } = language;
  const { match = {}, action: asked, skip, times, ttlMs } = checked(of, outline, json, "");
  const { do: name, ...given } = asked;
  const action = actions.get(name);
  if (action === undefined) throw refused(of, unknownName("action", name, [...actions.keys()]));
  const on = match.on ?? language.meant(action);
  const schema = typeof on === "string" && Object.hasOwn(matches, on) ? matches[on] : undefined;
  if (typeof on !== "string" || schema === undefined) {
    throw refused(of, unknownName("match.on", typeof on === "string" ? on : JSON.stringify(on), Object.keys(matches)));
  }
  const mistake = language.mistake?.(name, action, on);
  if (mistake !== undefined) throw refused(of, mistake);
  const often = { ...(skip === undefined ? {} : { skip }), ...(times === undefined ? {} : { times }), ttlMs };
  const parameters = checked(of, action.parameters, given, "action");
  return { match: checked(of, schema, { ...match, on }, "match"), name, action, parameters, often };
}

/** @param of What cannot be armed: "A REST fault". */
export const refused = (of: string, why: string): FiredrillError => new FiredrillError(`${of} cannot be armed: ${why}`);

function checked<T>(of: string, schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  // A key that is not known is why another one is missing.
  const unknownFirst = parsed.error.issues.toSorted((a, b) => rank(a) - rank(b));
  throw refused(of, unknownFirst.map((issue) => sentence(issue, value, place, known)).join(" "));
}

const rank = ({ code }: z.core.$ZodIssue): number => (code === "unrecognized_keys" ? 0 : 1);

function sentence(issue: z.core.$ZodIssue, value: unknown, place: string, known: readonly string[]): string {
  const name = [place, ...issue.path.map(String)].filter((part) => part !== "").join(".") || "the rule";
  if (issue.code === "unrecognized_keys") {
    const allowed = known.length === 0 ? "It takes nothing here." : `Allowed: ${known.join(", ")}.`;
    return issue.keys
      .map((key) => {
        const nearest = nearestName(key, known);
        return `${name} has no "${key}".${nearest === undefined ? "" : ` Did you mean "${nearest}"?`} ${allowed}`;
      })
      .join(" ");
  }
  const seen = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
  return `${name} is ${seen === undefined ? "missing" : JSON.stringify(seen)}: ${issue.message.replace(/\.$/, "")}.`;
}

/**
 * A REST fault as a rule, which is JSON: match -> action -> how often. It is checked when it is armed, because a rule
 * with a typo that is silently ignored would let a run pass that met no fault.
 */

import { z } from "zod";
import { FiredrillError, nearestName, unknownName } from "../../../core/errors.ts";
import { loadFolder } from "../../../core/load-folder.ts";
import type { RestAction, RestActions } from "./action.ts";
import { matches, type RestMatch } from "./match.ts";

export interface RestRule {
  /** Default: every request. */
  match?: RestMatch;
  action: { [Name in keyof RestActions]: { do: Name } & RestActions[Name] }[keyof RestActions];
  skip?: number;
  times?: number;
  /** Incident ms. */
  ttlMs: number;
}

/** A rule with its action found and everything checked. */
export interface CheckedRule {
  match: RestMatch;
  action: RestAction<unknown>;
  parameters: unknown;
  often: { skip?: number; times?: number; ttlMs: number };
}

const folder = await loadFolder<RestAction<unknown>>(new URL("./actions/", import.meta.url));
const actions = new Map(folder.map(({ name, value }) => [name, value]));

const ruleSchema = z.strictObject({
  match: z.looseObject({ on: z.unknown().optional() }).optional(),
  action: z.looseObject({ do: z.string() }),
  skip: z.int().nonnegative().optional(),
  times: z.int().positive().optional(),
  ttlMs: z.number().positive(),
});

/** @throws FiredrillError that names what is wrong, what was seen and what is allowed. */
export function checkRule(json: unknown): CheckedRule {
  const { match = {}, action: named, ...often } = read(ruleSchema, json, "");
  const { do: name, ...given } = named;
  const action = actions.get(name);
  if (action === undefined) throw refused(unknownName("action", name, [...actions.keys()]));
  const on = match.on ?? "request";
  if (!isMoment(on)) throw refused(unknownName("moment", say(on), Object.keys(matches)).replace("moment", "match.on"));
  if ((on === "request") === (action.at === "connection")) {
    const fit = [...actions].filter(([, { at }]) => (at === "connection") === (on !== "request"));
    throw refused(`"${name}" cannot act on "${on}". What can: ${fit.map(([known]) => known).join(", ")}.`);
  }
  const checked = read(matches[on] as z.ZodType<RestMatch>, match, "match");
  if (action.at === "head" && ("symbol" in checked || "category" in checked)) {
    throw refused(`"${name}" acts before a body is read, so it cannot match a symbol or category. Match the path.`);
  }
  return { match: checked, action, parameters: read(action.parameters, given, "action"), often: definite(often) };
}

const isMoment = (on: unknown): on is keyof typeof matches => typeof on === "string" && Object.hasOwn(matches, on);

const say = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const refused = (why: string): FiredrillError => new FiredrillError(`A REST fault cannot be armed: ${why}`);

function read<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  // A key that is not known is why another one is missing.
  const unknownFirst = parsed.error.issues.toSorted((a, b) => rank(a) - rank(b));
  throw refused(unknownFirst.map((issue) => describe(issue, value, place, known)).join(" "));
}

const rank = ({ code }: z.core.$ZodIssue): number => (code === "unrecognized_keys" ? 0 : 1);

function describe(issue: z.core.$ZodIssue, value: unknown, place: string, known: readonly string[]): string {
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
  return `${name} is ${seen === undefined ? "missing" : JSON.stringify(seen)}: ${issue.message}.`;
}

/** Without the keys whose value is undefined. */
function definite(often: { skip?: number | undefined; times?: number | undefined; ttlMs: number }) {
  const { skip, times, ttlMs } = often;
  return { ...(skip === undefined ? {} : { skip }), ...(times === undefined ? {} : { times }), ttlMs };
}

/** A rule as JSON data, and what is wrong with one: it may come from a person's shell over a control API. */

import { z } from "zod";
import { FiredrillError, nearestName, unknownName } from "../../../core/errors.ts";
import { moments, type Moment, type StreamAction, type StreamName } from "./action.ts";
import { streamActions } from "./catalogue.ts";
import { matchSchemas, type StreamMatch } from "./match.ts";

export interface StreamRule {
  match?: Partial<Omit<StreamMatch, "on">> & Record<string, unknown> & { on?: Moment };
  /** `do` is the name of an action, a file in `actions/`; the rest are its parameters. */
  action: { do: string } & Record<string, unknown>;
  /** Matches to let pass before the first hit. */
  skip?: number;
  /** How many hits until it is used up. Default: no limit. */
  times?: number;
  /** Incident ms after which it is healed by itself. */
  ttlMs: number;
}

export interface ParsedRule {
  match: StreamMatch;
  name: string;
  action: StreamAction;
  parameters: unknown;
  rest: { skip?: number; times?: number; ttlMs: number };
}

const outline = z.strictObject({
  match: z.looseObject({ on: z.string().optional() }).optional(),
  action: z.looseObject({ do: z.string() }),
  skip: z.int().min(0).optional(),
  times: z.int().min(1).optional(),
  ttlMs: z.number().positive(),
});

/** @throws FiredrillError that names the part, what it holds, and what is allowed. */
export function parseRule(rule: unknown, stream: StreamName): ParsedRule {
  const { match: wanted = {}, action: asked, skip, times, ttlMs } = checked(outline, rule, "", stream);
  const { do: name, ...given } = asked;
  const action = streamActions.get(name);
  if (action === undefined) throw refused(stream, unknownName("action", name, [...streamActions.keys()]));
  if (action.streams !== undefined && !action.streams.includes(stream)) {
    throw refused(stream, `"${name}" does not apply to the ${stream} stream, only to: ${action.streams.join(", ")}.`);
  }
  const on = wanted.on ?? action.on[0];
  if (!isMoment(on)) throw refused(stream, unknownName("match.on", on, moments));
  if (!action.on.includes(on)) {
    throw refused(stream, `"${name}" cannot act on "${on}", only on: ${action.on.join(", ")}.`);
  }
  const parameters = checked(action.parameters, given, "action.", stream);
  const match = checked<StreamMatch>(matchSchemas[on], { ...wanted, on }, "match.", stream);
  const limits = { ...(skip === undefined ? {} : { skip }), ...(times === undefined ? {} : { times }), ttlMs };
  return { match, name, action, parameters, rest: limits };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, where: string, stream: StreamName): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const allowed = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const sentences = result.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(`${where}${key}`, key, allowed));
    const at = `${where}${issue.path.join(".")}`.replace(/\.$/, "") || "it";
    const seen = issue.path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)[key], value);
    const shown = seen === undefined ? "missing" : JSON.stringify(seen);
    return [`"${at}" is ${shown}: ${issue.message}.`];
  });
  throw refused(stream, sentences.join(" "));
}

function unknownKey(at: string, key: string, allowed: readonly string[]): string {
  const nearest = nearestName(key, allowed);
  const question = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const choices = allowed.length === 0 ? "Nothing is allowed there." : `Allowed: ${allowed.join(", ")}.`;
  return `Unknown key "${at}".${question} ${choices}`;
}

const isMoment = (text: string): text is Moment => (moments as readonly string[]).includes(text);

const refused = (stream: StreamName, why: string): FiredrillError =>
  new FiredrillError(`A fault of the ${stream} stream cannot be armed. ${why}`);

/** Which moments of which connections a rule meets: conditions that must all hold; what is not said does not matter. */

import { z } from "zod";
import type { Frame } from "../frame.ts";
import type { Moment, StreamAction } from "./action.ts";
import { rowMatcher, rowsOf } from "./frame-rows.ts";
import { glob } from "../../../mock-kit/rules/glob.ts";

/** Its name in the journal, or its number: 3 is the third connection that was dialled. */
const connection = z.union([z.string().min(1), z.int().min(1)]).optional();
const path = z.string().startsWith("/").optional();
const topic = z.string().min(1).optional();

/**
 * What one row of the frame's data must hold: `{ "confirm": true }`, `{ "orderId": "…" }`. Texts may have a `*`.
 */
const data = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional();

export const matchSchemas = {
  connect: z.strictObject({ on: z.literal("connect"), connection }),
  upgrade: z.strictObject({ on: z.literal("upgrade"), connection, path }),
  request: z.strictObject({ on: z.literal("request"), connection, path, op: z.string().min(1).optional(), topic }),
  topic: z.strictObject({ on: z.literal("topic"), connection, path, topic, data }),
  /** Connections there are; with `new` also those to come. */
  live: z.strictObject({ on: z.literal("live"), connection, path, new: z.boolean().optional() }),
} satisfies Record<Moment, z.ZodType>;

export type StreamMatch = z.infer<(typeof matchSchemas)[Moment]>;

/** Something that happens on a connection, as a rule sees it. */
export interface Subject {
  moment: Moment;
  connection: string;
  describe: string;
  path?: string;
  op?: string;
  /** All of a request, or the one of a frame. */
  topics?: readonly string[];
  frame?: Frame;
  /** At `live`: the rule just armed, which looks at the connections there are; without it, a connection is new. */
  armed?: StreamMatch;
}

export type Predicate = (subject: Subject) => boolean;

export function matcher(match: StreamMatch, action: StreamAction): Predicate {
  const conditions: Predicate[] = [({ moment }) => moment === match.on];
  const { connection: wanted } = match;
  if (typeof wanted === "string") conditions.push(({ connection: name }) => name === wanted);
  if (typeof wanted === "number") conditions.push(({ connection: name }) => name.endsWith(`-${wanted}`));
  if ("path" in match && match.path !== undefined) {
    const fits = glob(match.path);
    conditions.push(({ path: seen }) => seen !== undefined && fits(seen));
  }
  if ("op" in match && match.op !== undefined) {
    const fits = glob(match.op);
    conditions.push(({ op }) => op !== undefined && fits(op));
  }
  if ("topic" in match && match.topic !== undefined) {
    const fits = glob(match.topic);
    conditions.push(({ topics }) => topics?.some(fits) === true);
  }
  if (match.on === "topic" && match.data !== undefined) {
    const holds = rowMatcher(match.data);
    conditions.push(({ frame }) => frame !== undefined && rowsOf(frame).some(holds));
  }
  if (match.on === "live") conditions.push(({ armed }) => (armed === undefined ? match.new === true : armed === match));
  if (match.on === "request" && action.ops !== undefined) {
    conditions.push(({ op }) => op !== undefined && action.ops?.includes(op) === true);
  }
  if (match.on === "topic" && action.wants !== undefined) {
    conditions.push(({ frame, topics = [] }) => frame !== undefined && action.wants?.(frame, topics[0] ?? "") === true);
  }
  return (subject) => conditions.every((holds) => holds(subject));
}

/** What a REST fault acts on: the match of a rule as data, and how it meets a moment of a connection or a request. */

import { z } from "zod";
import { seconds } from "../../../core/units.ts";
import { glob } from "../../../mock-kit/rules/glob.ts";
import { RollingWindow } from "../../limits/rolling-window.ts";
import type { RestReply } from "../reply.ts";

/** Only those beyond so many in the last incident second, counting those that were let through. */
const abovePerSecond = z.int().nonnegative().optional();

export const matches = {
  /** A new connection was accepted. */
  connect: z.strictObject({ on: z.literal("connect"), abovePerSecond }),
  /** A connection had no request in it for so many incident ms; once in each such stretch. */
  idle: z.strictObject({ on: z.literal("idle"), idleMs: z.number().nonnegative() }),
  request: z.strictObject({
    on: z.literal("request").optional(),
    /** As in the URL, without the query; `*` stands for any text. */
    path: z.string().startsWith("/").optional(),
    method: z.enum(["GET", "POST"]).optional(),
    /** In the query or the body. */
    category: z.string().optional(),
    /** In the query, the body, or any order of a batch. */
    symbol: z.string().optional(),
    /** Whether the request carries a signature, right or wrong. */
    signed: z.boolean().optional(),
    /** Of requests that are alike in method, path and payload only the first so many: a poll and its next attempts. */
    firstOfEach: z.int().positive().optional(),
    abovePerSecond,
  }),
};

export type RestMatch = { [On in keyof typeof matches]: z.infer<(typeof matches)[On]> }[keyof typeof matches];

/** A moment at which a rule may act. */
export interface RestSubject {
  moment: "connect" | "idle" | "head" | "request" | "reply";
  connection: string;
  /** For the journal. */
  describe: string;
  nowMs: number;
  idleMs?: number;
  asked?: AskedFor;
  reply?: RestReply;
}

/** What of a request a rule can match. */
export interface AskedFor {
  method: string;
  path: string;
  payload: string;
  signed: boolean;
  categories: readonly string[];
  symbols: readonly string[];
}

/**
 * @param alters Whether the rule's action would change this reply to this request.
 * @returns Whether a subject of the right moment fits; the rate and the count are asked last, because asking them counts.
 */
export function fitting(
  match: RestMatch,
  alters: (reply: RestReply, asked: AskedFor) => boolean,
): (subject: RestSubject) => boolean {
  const window = new RollingWindow(seconds(1));
  const tooMany = (limit: number | undefined, nowMs: number): boolean =>
    limit === undefined || window.take("", limit, nowMs).granted === 0;
  if (match.on === "connect") return ({ nowMs }) => tooMany(match.abovePerSecond, nowMs);
  if (match.on === "idle") return ({ idleMs = 0 }) => idleMs >= match.idleMs;
  const isOneOfTheFirst = firstOfEach(match.firstOfEach);
  const path = match.path === undefined ? undefined : glob(match.path);
  return ({ asked, reply, nowMs }) =>
    asked !== undefined &&
    (path?.(asked.path) ?? true) &&
    (match.method === undefined || match.method === asked.method) &&
    (match.category === undefined || asked.categories.includes(match.category)) &&
    (match.symbol === undefined || asked.symbols.includes(match.symbol)) &&
    (match.signed === undefined || match.signed === asked.signed) &&
    (reply === undefined || alters(reply, asked)) &&
    isOneOfTheFirst(asked) &&
    tooMany(match.abovePerSecond, nowMs);
}

function firstOfEach(limit: number | undefined): (asked: AskedFor) => boolean {
  if (limit === undefined) return () => true;
  const seen = new Map<string, number>();
  return ({ method, path, payload }) => {
    const request = `${method} ${path} ${payload}`;
    const nth = (seen.get(request) ?? 0) + 1;
    seen.set(request, nth);
    return nth <= limit;
  };
}

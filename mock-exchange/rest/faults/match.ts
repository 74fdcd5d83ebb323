/** What a REST fault acts on: the match of a rule as data, and how it meets a moment of a connection or a request. */

import { z } from "zod";
import { seconds } from "../../../core/units.ts";
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
  signed: boolean;
  categories: readonly string[];
  symbols: readonly string[];
}

/**
 * @param alters Whether the rule's action would change this reply.
 * @returns Whether a subject of the right moment fits; the rate is asked last, because asking it counts.
 */
export function fitting(match: RestMatch, alters: (reply: RestReply) => boolean): (subject: RestSubject) => boolean {
  const window = new RollingWindow(seconds(1));
  const tooMany = (limit: number | undefined, nowMs: number): boolean =>
    limit === undefined || window.take("", limit, nowMs).granted === 0;
  if (match.on === "connect") return ({ nowMs }) => tooMany(match.abovePerSecond, nowMs);
  if (match.on === "idle") return ({ idleMs = 0 }) => idleMs >= match.idleMs;
  const path = match.path === undefined ? undefined : pattern(match.path);
  return ({ asked, reply, nowMs }) =>
    asked !== undefined &&
    (path?.test(asked.path) ?? true) &&
    (match.method === undefined || match.method === asked.method) &&
    (match.category === undefined || asked.categories.includes(match.category)) &&
    (match.symbol === undefined || asked.symbols.includes(match.symbol)) &&
    (match.signed === undefined || match.signed === asked.signed) &&
    (reply === undefined || alters(reply)) &&
    tooMany(match.abovePerSecond, nowMs);
}

const pattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );

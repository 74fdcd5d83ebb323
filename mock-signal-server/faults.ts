/**
 * What can be made to go wrong in the signal protocol: the hypotheses of report B. A rule matches a moment of a
 * connection and decides what the server does instead of its duty. Going down is not a rule (see `server.ts`).
 */

import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { JournalSink } from "../core/journal/event.ts";
import { readRule, type RuleAction } from "../mock-kit/rules/read-rule.ts";
import { RuleBook, type Armed, type Rule } from "../mock-kit/rules/rule-book.ts";
import type { RequestType } from "./protocol.ts";

const at = <On extends string>(on: On) => z.strictObject({ on: z.literal(on) });

const matches = {
  auth: at("auth"),
  /** Any of the three. */
  request: at("request"),
  get_signals: at("get_signals"),
  get_stats: at("get_stats"),
  ping: at("ping"),
  /** A connection that asked nothing for so many incident ms; with `asking`, a server to which pings are not activity. */
  idle: z.strictObject({
    on: z.literal("idle"),
    idleMs: z.number().nonnegative(),
    asking: z.enum(["anything", "get_signals"]).optional(),
  }),
  /** A session that was authenticated so many incident ms ago: the server looks at each every 5 s. */
  expired: z.strictObject({ on: z.literal("expired"), afterMs: z.number().nonnegative() }),
  /** A request on such a session. */
  "expired-request": z.strictObject({ on: z.literal("expired-request"), afterMs: z.number().nonnegative() }),
  /** A signal that is about to appear. */
  signal: at("signal"),
  /** Signals on their way to a client, in whatever frame. */
  batch: at("batch"),
};

export type SignalMatch = { [On in keyof typeof matches]: z.infer<(typeof matches)[On]> }[keyof typeof matches];

/** What a server may send; 1006 and 1005 stand for no close frame and one without a code. */
const isCloseCode = (code: number): boolean =>
  (code >= 1000 && code <= 1014 && code !== 1004) || (code >= 3000 && code <= 4999);

const parameters = {
  /** Close with this code instead of answering. */
  close: z.strictObject({
    code: z.int().refine(isCloseCode, "allowed are 1000 to 1014 without 1004, and 3000 to 4999"),
    reason: z.string().optional(),
    /** The close frames are exchanged, and the server never ends the TCP connection. */
    leavesTcp: z.boolean().optional(),
  }),
  /** Read it and say nothing. */
  ignore: z.strictObject({}),
  /** On `auth`: `auth_failed`, then close 4001. On a request: the same, as a session that expired. */
  "refuse-auth": z.strictObject({ reason: z.string() }),
  /** A signal appears so long after the check of its wave, if it is not later by itself. */
  hold: z.strictObject({ afterCheckMs: z.number().nonnegative() }),
  /** Each signal of the frame is in it twice. */
  repeat: z.strictObject({}),
  /** The newest first. */
  reverse: z.strictObject({}),
};

/** Where each can act; elsewhere it would do nothing. */
const actsOn: Readonly<Record<string, readonly string[]>> = {
  hold: ["signal"],
  repeat: ["batch"],
  reverse: ["batch"],
};
const onlyOwn = new Set(Object.values(actsOn).flat());

export type SignalAction =
  | { do: "close"; code: number; reason?: string; leavesTcp?: boolean }
  | { do: "ignore" }
  | { do: "refuse-auth"; reason: string }
  | { do: "hold"; afterCheckMs: number }
  | { do: "repeat" }
  | { do: "reverse" };

export type SignalRule = Rule<SignalMatch, SignalAction>;

export interface SignalSubject {
  on: "auth" | "idle" | "expired" | "signal" | "batch" | RequestType;
  /** Since it last asked anything, since it last asked for signals, and since it was authenticated. */
  idleMs?: number;
  idleOfSignalsMs?: number;
  ageMs?: number;
  connection: string;
  describe: string;
}

const language = {
  of: "A fault of the signal server",
  matches,
  actions: new Map<string, RuleAction>(
    Object.entries(parameters).map(([name, schema]) => [name, { parameters: schema }]),
  ),
  meant: () => "request",
  mistake(name: string, _action: RuleAction, on: string): string | undefined {
    const allowed = actsOn[name];
    if (allowed === undefined ? !onlyOwn.has(on) : allowed.includes(on)) return undefined;
    return `"${name}" cannot act on "${on}".`;
  },
};

export class SignalRules extends RuleBook<SignalMatch, SignalAction, SignalSubject> {
  constructor(clock: Clock, journal: JournalSink) {
    super({ endpoint: "signal", clock, journal, fits });
  }

  /** @throws FiredrillError where the rule is not right. */
  override arm(rule: SignalRule): Armed {
    const { match, name, parameters: given, often } = readRule<SignalMatch, RuleAction>(rule, language);
    return super.arm({ match, action: { do: name, ...(given as object) } as SignalAction, ...often });
  }
}

function fits(match: SignalMatch, subject: SignalSubject): boolean {
  const { on, idleMs = 0, idleOfSignalsMs = 0, ageMs = -1 } = subject;
  if (match.on === "idle")
    return on === "idle" && (match.asking === "get_signals" ? idleOfSignalsMs : idleMs) >= match.idleMs;
  if (match.on === "expired") return on === "expired" && ageMs >= match.afterMs;
  if (match.on === "expired-request") return requests.includes(on) && ageMs >= match.afterMs;
  if (match.on === "request") return requests.includes(on);
  return match.on === on;
}

const requests: readonly string[] = ["get_signals", "get_stats", "ping"] satisfies RequestType[];

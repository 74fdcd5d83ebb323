/**
 * What can be made to go wrong in the signal protocol: the hypotheses of report B. A rule matches a moment of a
 * connection and decides what the server does instead of its duty. Going down is not a rule (see `server.ts`).
 */

import { RuleBook, type Rule } from "../core/rule-book.ts";
import type { Clock } from "../core/clock.ts";
import type { JournalSink } from "../core/journal/event.ts";
import type { RequestType } from "./protocol.ts";

export interface SignalMatch {
  /** `request` is any of get_signals, get_stats and ping; `idle` is a connection that asked nothing for `idleMs`. */
  on: "auth" | "request" | "idle" | RequestType;
  /** Only with `idle`: how long a connection may ask nothing, incident ms. */
  idleMs?: number;
}

export type SignalAction =
  /** Close with this code instead of answering. */
  | { do: "close"; code: number; reason?: string }
  /** Read it and say nothing. */
  | { do: "ignore" }
  /** On `auth`: `auth_failed`, then close 4001. On a request: the same, as a session that expired. */
  | { do: "refuse-auth"; reason: string };

export type SignalRule = Rule<SignalMatch, SignalAction>;

export interface SignalSubject {
  on: "auth" | "idle" | RequestType;
  idleMs?: number;
  connection: string;
  describe: string;
}

export type SignalRules = RuleBook<SignalMatch, SignalAction, SignalSubject>;

export function signalRules(clock: Clock, journal: JournalSink): SignalRules {
  return new RuleBook({ endpoint: "signal", clock, journal, fits });
}

function fits(match: SignalMatch, subject: SignalSubject): boolean {
  if (match.on === "idle") return subject.on === "idle" && (subject.idleMs ?? 0) >= (match.idleMs ?? 0);
  if (match.on === "request") return subject.on !== "auth" && subject.on !== "idle";
  return match.on === subject.on;
}

/**
 * One request from its head to its end, for the journal: when it arrived, what became of it, who ended it. Written once,
 * when the response closes, because only then it is known whether the reply went out whole.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock, Timer } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { RestReply, Said } from "./reply.ts";
import type { HttpConnection } from "../../mock-kit/http/connections.ts";

export interface RecordContext {
  clock: Clock;
  journal: JournalSink;
  /** The connection has no request left. */
  onIdle(connection: HttpConnection): void;
}

export class RequestRecord {
  readonly connection: HttpConnection;
  readonly method: string;
  readonly path: string;
  readonly receivedAt: number;
  readonly #signedAheadMs: number | null;
  payload = "";
  executed = false;
  /** The gateway has refused it; no fault meets it then. */
  refused = false;
  reply: RestReply | undefined;
  /** What the exchange itself answered. A fault may send another body, and one that is no whole envelope. */
  own: RestReply | undefined;
  readonly #context: RecordContext;
  #timers: Set<Timer> | undefined;

  constructor(connection: HttpConnection, incoming: IncomingMessage, outgoing: ServerResponse, context: RecordContext) {
    this.connection = connection;
    this.method = incoming.method ?? "";
    const url = incoming.url ?? "";
    const queryAt = url.indexOf("?");
    this.path = queryAt === -1 ? url : url.slice(0, queryAt);
    if (this.method === "GET" && queryAt !== -1) this.payload = url.slice(queryAt + 1);
    this.receivedAt = Math.round(context.clock.elapsed() * 1_000) / 1_000;
    this.#signedAheadMs = aheadOf(incoming.headers["x-bapi-timestamp"], context.clock.startMs + this.receivedAt);
    this.#context = context;
    connection.busy += 1;
    outgoing.on("close", () => this.#end(outgoing));
  }

  /** Calls back after incident ms, unless the request has ended by then. */
  after(ms: number, callback: () => void): void {
    const timers = (this.#timers ??= new Set());
    const timer = this.#context.clock.after(ms, () => {
      timers.delete(timer);
      callback();
    });
    timers.add(timer);
  }

  #end(outgoing: ServerResponse): void {
    this.#timers?.forEach((timer) => timer.cancel());
    const { connection, method, path, payload, receivedAt, executed } = this;
    const outcome = outgoing.writableFinished ? "answered" : (connection.ending ?? "unanswered");
    const status = outgoing.headersSent ? outgoing.statusCode : null;
    const answered = outcome === "answered" ? this.reply : undefined;
    const { retCode, retMsg } = this.#saidBy(answered) ?? noEnvelope;
    const signedAheadMs = this.#signedAheadMs;
    const resetAt = resetOf(answered, this.#context.clock);
    const empty = retCode === 0 && isEmpty(answered?.body ?? "");
    const { at } = this.#context.journal.write("exchange.request", {
      ...{ connection: connection.name, method, path, payload, receivedAt, executed, signedAheadMs, resetAt, empty },
      ...{ outcome, status, retCode, retMsg },
    });
    connection.busy -= 1;
    connection.idleSince = at;
    if (connection.busy === 0) this.#context.onIdle(connection);
  }

  /** The exchange knows what its own body says; to look through one takes as long as to make it. */
  #saidBy(answered: RestReply | undefined): Said | undefined {
    return answered === undefined || answered.body === this.own?.body ? answered?.said : envelopeOf(answered.body);
  }
}

const noEnvelope = { retCode: null, retMsg: "" };

/** What a body says that a fault may have changed. */
function envelopeOf(body: string): Said | undefined {
  const seen = /^\{"retCode":(-?\d+),"retMsg":("(?:[^"\\]|\\.)*")/.exec(body);
  if (seen?.[1] === undefined || seen[2] === undefined || !isJson(body)) return undefined;
  return { retCode: Number(seen[1]), retMsg: JSON.parse(seen[2]) as string };
}

function aheadOf(timestamp: string | string[] | undefined, nowMs: number): number | null {
  if (timestamp === undefined) return null;
  const signedMs = Number(timestamp);
  return Number.isFinite(signedMs) ? signedMs - nowMs : null;
}

function resetOf(reply: RestReply | undefined, { startMs }: Clock): number | null {
  const epochMs = reply?.headers["X-Bapi-Limit-Reset-Timestamp"];
  return epochMs === undefined ? null : Number(epochMs) - startMs;
}

/** What holds nothing is short; a long reply need not be looked through. */
const emptyReplyBytes = 1_000;

const isEmpty = (body: string): boolean =>
  body.length < emptyReplyBytes && (body.includes('"list":[]') || (body.includes('"b":[]') && body.includes('"a":[]')));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

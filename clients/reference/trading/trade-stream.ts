/**
 * Order entry over the trade stream. Each request has an id of its own and a deadline: a connection may take requests
 * along when it goes, and an answer may come without its id. What was not answered is unknown and never sent again from
 * here; whoever wanted it asks what became of it. While the stream is not there, or not authenticated, nothing is sent.
 */

import { randomUUID } from "node:crypto";
import type { Backoff } from "../backoff.ts";
import { log } from "../log.ts";
import { authFrame } from "../private/auth.ts";
import { NoAnswer, Refused, RestError, Withdrawn } from "../rest/errors.ts";
import type { RestClient } from "../rest/rest-client.ts";
import type { Settings } from "../settings.ts";
import type { StreamConnection, StreamOptions, StreamSession } from "../stream/connection.ts";
import type { DialBudget } from "../stream/dial-budget.ts";
import type { StreamFrame } from "../stream/frame.ts";
import type { Warnings } from "../warnings.ts";
import type { NewOrder, OrderEntry } from "./order-entry.ts";

export interface TradeStreamOptions {
  stream: (options: StreamOptions) => StreamConnection;
  redial: () => Backoff;
  settings: Settings;
  rest: RestClient;
  budget: DialBudget;
  warnings: Warnings;
}

interface Pending {
  frame: object;
  resolve: () => void;
  reject: (error: RestError) => void;
  deadline: NodeJS.Timeout | undefined;
}

const endpoint = "exchange-trade";
const op = "order.create";
/** Half of what is allowed, so that an order is looked up while it is of use. */
const answerWithinMs = 5_000;
const authWithinMs = 7_500;

export class TradeStream implements StreamSession, OrderEntry {
  readonly connection: StreamConnection;
  protected readonly pending = new Map<string, Pending>();
  readonly #options: TradeStreamOptions;
  #isReady = false;
  #authDeadline: NodeJS.Timeout | undefined;

  constructor(options: TradeStreamOptions) {
    this.#options = options;
    const { settings, budget, warnings } = options;
    this.connection = options.stream({
      ...{ name: "trade", endpoint, budget, warnings, session: this },
      url: settings.exchangeTradeUrl,
      backoff: options.redial(),
      // Nothing comes here but answers.
      staleMs: Infinity,
    });
  }

  create(order: NewOrder, isValid: () => boolean): Promise<void> {
    if (!isValid()) return Promise.reject(new Withdrawn(op));
    if (!this.#isReady) return Promise.reject(new RestError(`${op}: the trade stream is not up`, { notDone: true }));
    const reqId = randomUUID();
    const header = { "X-BAPI-TIMESTAMP": String(Math.floor(this.#options.rest.exchangeNow())) };
    const frame = { reqId, header, op, args: [order] };
    return new Promise((resolve, reject) => {
      this.pending.set(reqId, { frame, resolve, reject, deadline: this.deadlineFor(reqId) });
      this.connection.send(frame);
    });
  }

  opened(): void {
    this.#authDeadline = setTimeout(() => this.connection.abandon("auth was not answered in time"), authWithinMs);
    this.connection.send(authFrame(this.#options.settings, this.#options.rest.exchangeNow()));
  }

  data(): void {
    // The trade stream has no topics.
  }

  control(frame: StreamFrame): void {
    const { reqId, op: answered, retCode, retMsg } = frame;
    if (answered === "auth") this.#authAnswered(Number(retCode), String(retMsg));
    else if (typeof reqId === "string") this.#answered(reqId, Number(retCode), String(retMsg));
    else if (answered === op) log(`trade stream: an answer without an id, ${String(retCode)} ${String(retMsg)}`);
  }

  lost(): void {
    this.#isReady = false;
    clearTimeout(this.#authDeadline);
    this.abandonPending();
  }

  /** Ends the wait for an answer. */
  protected deadlineFor(reqId: string): NodeJS.Timeout | undefined {
    return setTimeout(() => this.#take(reqId)?.reject(new NoAnswer(op, "its deadline is over")), answerWithinMs);
  }

  /** The connection is gone, and with it the answers to what was under way. */
  protected abandonPending(): void {
    for (const reqId of [...this.pending.keys()])
      this.#take(reqId)?.reject(new NoAnswer(op, "the connection was lost"));
  }

  protected authenticated(): void {
    this.#isReady = true;
  }

  #authAnswered(retCode: number, retMsg: string): void {
    clearTimeout(this.#authDeadline);
    if (retCode === 0) {
      this.authenticated();
      return;
    }
    this.#options.warnings.warn("trade auth refused", `trade stream: auth was refused: ${retMsg}`);
    void this.#options.rest.syncClock().catch(() => undefined);
    this.connection.abandon("auth was refused");
  }

  #answered(reqId: string, retCode: number, retMsg: string): void {
    const pending = this.#take(reqId);
    if (retCode === 0) pending?.resolve();
    else pending?.reject(new Refused(retCode, retMsg));
  }

  #take(reqId: string): Pending | undefined {
    const pending = this.pending.get(reqId);
    clearTimeout(pending?.deadline);
    this.pending.delete(reqId);
    return pending;
  }
}

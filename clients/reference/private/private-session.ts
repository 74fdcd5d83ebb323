/**
 * What is sent on the private stream. Auth is a state with a deadline: nothing is asked for before its ack; refused or
 * not answered in time the connection is given up for a fresh one, with the stream's own backoff. Once all topics are
 * there the ledger is reconciled over REST, and only then is the session live: who trades asks for that.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { telemetry } from "../../telemetry.ts";
import { exponentialBackoff, type Backoff } from "../backoff.ts";
import { log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import type { RestClient } from "../rest/rest-client.ts";
import type { Settings } from "../settings.ts";
import type { StreamConnection, StreamOptions, StreamSession } from "../stream/connection.ts";
import type { DialBudget } from "../stream/dial-budget.ts";
import type { DataFrame, StreamFrame } from "../stream/frame.ts";
import type { SubscriptionOptions, Subscriptions } from "../stream/subscriptions.ts";
import type { Warnings } from "../warnings.ts";
import { authFrame } from "./auth.ts";
import type { Ledger, Row } from "./ledger.ts";
import type { Reconciler } from "./reconciler.ts";

export interface PrivateSessionOptions {
  stream: (options: StreamOptions) => StreamConnection;
  redial: () => Backoff;
  subscriptions: (options: SubscriptionOptions) => Subscriptions;
  reconciler: Reconciler;
  settings: Settings;
  rest: RestClient;
  ledger: Ledger;
  budget: DialBudget;
  warnings: Warnings;
}

export type PrivateState = "DISCONNECTED" | "AUTHENTICATING" | "SUBSCRIBING" | "RECONCILING" | "LIVE";

const name = "private";
const endpoint = "exchange-private";
/** With `dcp.future` the exchange cancels our orders when we are gone for longer than its window. */
const topics = ["order", "execution", "position", "dcp.future"];
/** Five seconds were seen, ten are the most: a timer that is late must still be in time. */
const authWithinMs = 7_500;
const again = (): Backoff => exponentialBackoff({ firstMs: 1_000, capMs: 30_000, stableMs: Infinity });

export class PrivateSession implements StreamSession {
  readonly connection: StreamConnection;
  protected readonly options: PrivateSessionOptions;
  protected readonly subscriptions: Subscriptions;
  #state: PrivateState = "DISCONNECTED";
  #deadline: NodeJS.Timeout | undefined;
  /** Counts connections: what was begun on one does not end on another. */
  #epoch = 0;

  constructor(options: PrivateSessionOptions) {
    this.options = options;
    const { settings, budget, warnings } = options;
    this.connection = options.stream({
      ...{ name, endpoint, budget, warnings, session: this },
      url: settings.exchangePrivateUrl,
      backoff: options.redial(),
      // An account to which nothing happens says nothing.
      staleMs: Infinity,
    });
    this.subscriptions = options.subscriptions({
      ...{ name, topics, warnings, backoff: again },
      send: (frame) => void this.connection.send(frame),
      subscribed: () => this.#subscribed(),
    });
  }

  /** The ledger is what the exchange has, up to what is on its way. */
  get live(): boolean {
    return this.#state === "LIVE";
  }

  opened(): void {
    this.#epoch += 1;
    this.setState("AUTHENTICATING");
    this.#deadline = setTimeout(() => this.unanswered(), authWithinMs);
    this.connection.send(authFrame(this.options.settings, this.options.rest.exchangeNow()));
  }

  control(frame: StreamFrame): void {
    if (frame.op !== "auth") this.subscriptions.answered(frame);
    else if (frame.success === true) this.authenticated();
    else this.refused(String(frame.ret_msg ?? frame.retMsg));
  }

  data({ topic, data }: DataFrame): void {
    const { ledger } = this.options;
    const rows = Array.isArray(data) ? (data as readonly Row[]) : [];
    if (topic === "order") rows.forEach((row) => ledger.order(row));
    else if (topic === "execution") rows.forEach((row) => ledger.execution(row));
    else if (topic === "position") rows.forEach((row) => ledger.position(row));
  }

  lost(): void {
    this.#epoch += 1;
    this.waitNoMore();
    this.subscriptions.lost();
    this.setState("DISCONNECTED");
  }

  protected authenticated(): void {
    this.waitNoMore();
    this.setState("SUBSCRIBING");
    this.subscriptions.opened();
  }

  /** Our clock may be why, so it is measured again; and a socket that was refused is of no more use. */
  protected refused(why: string): void {
    this.options.warnings.warn("auth refused", `private stream: auth was refused: ${why}`);
    void this.options.rest.syncClock().catch(() => undefined);
    this.connection.abandon("auth was refused");
  }

  protected unanswered(): void {
    this.connection.abandon("auth was not answered in time");
  }

  protected waitNoMore(): void {
    clearTimeout(this.#deadline);
  }

  protected setState(state: PrivateState): void {
    if (state === this.#state) return;
    this.#state = state;
    telemetry("private", { state });
  }

  #subscribed(): void {
    if (this.#state === "SUBSCRIBING" && this.subscriptions.missing.length === 0) void this.#reconcile();
  }

  async #reconcile(): Promise<void> {
    const epoch = this.#epoch;
    const backoff = again();
    this.setState("RECONCILING");
    while (epoch === this.#epoch && !this.live) {
      try {
        await this.options.reconciler.reconcile();
        if (epoch === this.#epoch) this.setState("LIVE");
      } catch (error) {
        log(`private stream: the ledger could not be reconciled: ${messageOf(error)}`);
        await sleep(backoff.next(), undefined, { ref: false });
      }
    }
  }
}

/**
 * One order per signal, whatever happens on the way. The signal's id is the order's `orderLinkId`, so the exchange
 * itself refuses a second one. An order whose reply was lost is neither placed nor failed: it is looked up before it is
 * sent again, under the same id. An order is good for a minute; what could not be sent by then is reported as missed.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { telemetry } from "../../telemetry.ts";
import { exponentialBackoff } from "../backoff.ts";
import { log } from "../log.ts";
import type { Signal } from "../signals/signal.ts";
import { messageOf } from "../message-of.ts";
import type { OrderEntry } from "./order-entry.ts";
import { OrderLookup, type Lookup } from "./order-lookup.ts";
import { SizedByValue, type Sizing } from "./sizing.ts";
import { outsideRecvWindow, Refused, RestError, tooManyVisits } from "../rest/errors.ts";
import type { RestClient } from "../rest/rest-client.ts";

export interface Trader {
  /** Trades every signal of a wave that is for us and not traded yet; after the deadline it is old news. */
  tradeWave(signals: readonly Signal[], deadline: Date): Promise<void>;
}

export interface TraderOptions {
  /** For looking things up. */
  rest: RestClient;
  entry: OrderEntry;
  symbols: readonly string[];
}

/** `missed`: it was too old before it could be sent. `unknown`: nobody could be asked by the deadline. */
export type Outcome = "successful" | "failed" | "missed" | "unknown";

const category = "linear";
const duplicateOrderLinkId = 110072;
/** The service is restarting, or failed inside: what became of the request is not known. */
const systemErrors = [10016, 10019];

export class OncePerSignal implements Trader {
  /** How long after the decision an order may still be sent. */
  protected readonly validForMs: number = 60_000;
  protected readonly options: TraderOptions;
  readonly #traded = new Set<string>();
  readonly #sizing: Sizing;
  readonly #lookup: Lookup;

  constructor(options: TraderOptions) {
    this.options = options;
    this.#sizing = new SizedByValue(options.rest);
    this.#lookup = new OrderLookup(options.rest);
    // A signal is not to wait for it; where it cannot be had now, the first order asks again.
    void this.#sizing.prepare().catch(() => undefined);
  }

  async tradeWave(signals: readonly Signal[], deadline: Date): Promise<void> {
    const startedAt = Date.now();
    const mine = signals.filter(
      ({ exchange, symbol }) => exchange === "bybit" && this.options.symbols.includes(symbol),
    );
    const fresh = mine.filter(({ id }) => !this.#traded.has(id));
    const outcomes = await this.tradeAll(fresh, deadline);
    const times = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
    const summary = {
      successful: times("successful"),
      failed: times("failed"),
      skipped: signals.length - fresh.length,
    };
    const late = { missed: times("missed"), unknown: times("unknown") };
    log(
      `wave processed in ${Date.now() - startedAt} ms: ${summary.successful} successful, ${summary.failed} failed, ${summary.skipped} skipped` +
        (late.missed + late.unknown === 0 ? "" : `; ${late.missed} missed, ${late.unknown} unknown`),
    );
    telemetry("wave", { wave: signals[0]?.timestamp, ...summary, ...late });
  }

  /** All at once: the last of a wave does not wait for the replies to the others. */
  protected tradeAll(signals: readonly Signal[], deadline: Date): Promise<Outcome[]> {
    return Promise.all(signals.map((signal) => this.trade(signal, deadline)));
  }

  /** The id that the exchange knows the order by, the same at each attempt. */
  protected orderLinkId(signal: Signal, _attempt: number): string {
    return signal.id;
  }

  /** What became of an order whose reply was lost; where the exchange does not have it, it may be sent again. */
  protected fate(orderLinkId: string): Promise<"placed" | "absent" | "failed"> {
    return this.#lookup.fate(orderLinkId);
  }

  /** Refused for the moment, so that it may be sent again; nothing was done. */
  protected isPassing({ retCode }: Refused): boolean {
    return retCode === outsideRecvWindow || retCode === tooManyVisits;
  }

  protected async trade(signal: Signal, deadline: Date): Promise<Outcome> {
    const deadlineMs = deadline.getTime();
    this.#traded.add(signal.id);
    const validUntil = Math.min(Date.now() + this.validForMs, deadlineMs);
    const backoff = exponentialBackoff({ firstMs: 1_000, capMs: 10_000, stableMs: Infinity });
    let [linkId, isUnknown] = [this.orderLinkId(signal, 1), false];
    for (let attempt = 1; Date.now() < (isUnknown ? deadlineMs : validUntil); attempt += 1) {
      try {
        const fate = isUnknown ? await this.fate(linkId) : "absent";
        if (fate !== "absent") return fate === "placed" ? "successful" : "failed";
        isUnknown = false;
        if (Date.now() >= validUntil) break;
        linkId = this.orderLinkId(signal, attempt);
        await this.#place(signal, linkId, () => Date.now() < validUntil);
        return "successful";
      } catch (error) {
        log(`order ${linkId}, attempt ${attempt}: ${messageOf(error)}`);
        if (error instanceof Refused && error.retCode === duplicateOrderLinkId) return "successful";
        const isLost = isSystemError(error) || !(error instanceof RestError) || !error.notDone;
        if (error instanceof Refused && !isLost && !this.isPassing(error)) return "failed";
        isUnknown ||= isLost;
        await sleep(backoff.next());
      }
    }
    log(
      `order ${linkId} is ${isUnknown ? "unknown: nobody could be asked for it" : "missed: it is too old to be sent"}`,
    );
    return isUnknown ? "unknown" : "missed";
  }

  async #place({ symbol, side }: Signal, orderLinkId: string, isValid: () => boolean): Promise<void> {
    const qty = await this.#sizing.quantity(symbol);
    const order = { category, symbol, side, orderType: "Market", qty, orderLinkId };
    await this.options.entry.create(order, isValid);
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Refused && systemErrors.includes(error.retCode);

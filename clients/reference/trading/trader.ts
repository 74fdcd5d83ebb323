/**
 * One order per signal, whatever happens on the way. The signal's id is the order's `orderLinkId`, so the exchange
 * itself refuses a second one; an order whose reply was lost is looked up before it is sent again.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { telemetry } from "../../telemetry.ts";
import { exponentialBackoff } from "../backoff.ts";
import { log } from "../log.ts";
import type { Signal } from "../signals/signal.ts";
import { messageOf } from "../message-of.ts";
import { SizedByValue, type Sizing } from "./sizing.ts";
import { outsideRecvWindow, Refused } from "../rest/errors.ts";
import type { RestClient } from "../rest/rest-client.ts";

export interface Trader {
  /** Trades every signal of a wave that is for us and not traded yet; after the deadline it is old news. */
  tradeWave(signals: readonly Signal[], deadline: Date): Promise<void>;
}

export interface TraderOptions {
  rest: RestClient;
  symbols: readonly string[];
}

const category = "linear";
const duplicateOrderLinkId = 110072;

export class OncePerSignal implements Trader {
  protected readonly options: TraderOptions;
  readonly #traded = new Set<string>();
  readonly #sizing: Sizing;

  constructor(options: TraderOptions) {
    this.options = options;
    this.#sizing = new SizedByValue(options.rest);
  }

  async tradeWave(signals: readonly Signal[], deadline: Date): Promise<void> {
    const startedAt = Date.now();
    const mine = signals.filter(
      ({ exchange, symbol }) => exchange === "bybit" && this.options.symbols.includes(symbol),
    );
    const fresh = mine.filter(({ id }) => !this.#traded.has(id));
    const outcomes = await Promise.all(fresh.map((signal) => this.#trade(signal, deadline)));
    const successful = outcomes.filter(Boolean).length;
    const summary = { successful, failed: fresh.length - successful, skipped: signals.length - fresh.length };
    log(
      `wave processed in ${Date.now() - startedAt} ms: ${summary.successful} successful, ${summary.failed} failed, ${summary.skipped} skipped`,
    );
    telemetry("wave", { wave: signals[0]?.timestamp, ...summary });
  }

  /** The id that the exchange knows the order by. */
  protected orderLinkId(signal: Signal): string {
    return signal.id;
  }

  async #trade(signal: Signal, deadline: Date): Promise<boolean> {
    this.#traded.add(signal.id);
    const orderLinkId = this.orderLinkId(signal);
    const backoff = exponentialBackoff({ firstMs: 1_000, capMs: 10_000, stableMs: Infinity });
    for (let attempt = 1; Date.now() < deadline.getTime(); attempt += 1) {
      try {
        if (attempt > 1 && (await this.#exists(orderLinkId))) return true;
        await this.#place(signal, orderLinkId);
        return true;
      } catch (error) {
        if (error instanceof Refused && error.retCode === duplicateOrderLinkId) return true;
        log(`order ${orderLinkId}, attempt ${attempt}: ${messageOf(error)}`);
        if (error instanceof Refused && error.retCode !== outsideRecvWindow) return false;
        await sleep(backoff.next());
      }
    }
    return false;
  }

  async #place({ symbol, side }: Signal, orderLinkId: string): Promise<void> {
    const qty = await this.#sizing.quantity(symbol);
    const order = { category, symbol, side, orderType: "Market", qty, orderLinkId };
    await this.options.rest.post("/v5/order/create", order);
  }

  async #exists(orderLinkId: string): Promise<boolean> {
    const { result } = await this.options.rest.get("/v5/order/realtime", { category, orderLinkId });
    return Array.isArray(result.list) && result.list.length > 0;
  }
}

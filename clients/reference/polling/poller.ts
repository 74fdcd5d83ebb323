/**
 * Asks for everything of every symbol at its own pace and decides on the candles. Each symbol and kind goes on by
 * itself: one that is slow or fails holds up no other. What failed or was empty is warned of, and is no ground for a
 * decision. The schedule is in monotonic time: a date that is set back by an hour must not stop the polling for an hour.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { telemetry } from "../../telemetry.ts";
import type { Incidents } from "../alerts/incidents.ts";
import { messageOf } from "../message-of.ts";
import type { RestClient } from "../rest/rest-client.ts";
import type { Warnings } from "../warnings.ts";
import { decide } from "./analysis.ts";
import type { MarketData } from "./market-data.ts";

export interface PollerOptions {
  rest: RestClient;
  data: MarketData;
  symbols: readonly string[];
  warnings: Warnings;
  incidents: Incidents;
  signal: AbortSignal;
}

/** Where an answer takes longer than this a turn passes meanwhile: with 8 s and a wait for a connection data gets 19 s old. */
const tickerMs = 8_000;
const bookMs = 10_000;
/** A thousand of them reach back for minutes, and are the largest answer by far. */
const tradesMs = 60_000;
const candlesMs = 20_000;
const positionsMs = 10_000;
const openInterestMs = 60_000;
const feeRateMs = 60_000;
/** One kind after the other: what is due in the same moment each minute would need connections that idle in between. */
const apartMs = 800;
/** What could not be had is asked for again after this, where its own turn comes later: it is as good as none meanwhile. */
const failedMs = 20_000;
/** A fresh DNS answer for the connections; the report's cache lives as long. */
const recycleMs = 300_000;
const subject = "exchange REST";

export class Poller {
  readonly #options: PollerOptions;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Runs until it is stopped. */
  async run(): Promise<void> {
    const { data, rest, symbols } = this.#options;
    const polls = symbols.flatMap((symbol) => [
      this.#every(tickerMs, 0, `ticker of ${symbol}`, async () => (await data.ticker(symbol)) !== undefined),
      this.#every(bookMs, 1, `order book of ${symbol}`, async () => (await data.book(symbol)) !== undefined),
      // Half of their period after the candles, which are much as well.
      this.#every(tradesMs, 15, `trades of ${symbol}`, async () => (await data.trades(symbol)) > 0),
      this.#every(candlesMs, 3, `candles of ${symbol}`, () => this.#analyse(symbol)),
      this.#every(openInterestMs, 4, `open interest of ${symbol}`, async () => (await data.openInterest(symbol)) > 0),
      this.#every(feeRateMs, 5, `fee rate of ${symbol}`, async () => {
        await rest.get("/v5/account/fee-rate", { category: "linear", symbol });
        return true;
      }),
    ]);
    const positions = this.#every(positionsMs, 6, "positions", async () => {
      await rest.get("/v5/position/list", { category: "linear", settleCoin: "USDT" });
      return true;
    });
    await Promise.all([...polls, positions, this.#recycle()]);
  }

  /** @returns Whether there were candles to decide on. */
  async #analyse(symbol: string): Promise<boolean> {
    const frames = await this.#options.data.frames(symbol);
    if (frames === undefined) return false;
    telemetry("decision", { symbol, ...decide(frames) });
    return true;
  }

  /** On a fixed schedule; a turn that is still busy when the next is due lets it pass. */
  async #every(periodMs: number, place: number, what: string, poll: () => Promise<boolean>): Promise<void> {
    const afterFailureMs = Math.min(periodMs, failedMs);
    let dueMs = performance.now() + place * apartMs;
    while (await this.#until(dueMs)) {
      const answered = await this.#isAnswered(what, poll);
      dueMs = nextDue(dueMs, answered ? periodMs : afterFailureMs);
    }
  }

  /** @returns Whether there was an answer, be it an empty one. */
  async #isAnswered(what: string, poll: () => Promise<boolean>): Promise<boolean> {
    const { signal, warnings, incidents } = this.#options;
    try {
      if (!(await poll())) warnings.poorData(`empty ${kindOf(what)}`, `${what}: the exchange has none`);
      incidents.good(subject, what);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      warnings.warn(`failed ${kindOf(what)}`, `${what}: ${messageOf(error)}`);
      incidents.bad(subject, what, messageOf(error));
      return false;
    }
  }

  async #recycle(): Promise<void> {
    for (let dueMs = performance.now() + recycleMs; await this.#until(dueMs); dueMs += recycleMs) {
      await this.#options.rest.recycle();
    }
  }

  /** @returns False where it was stopped meanwhile. */
  async #until(dueMs: number): Promise<boolean> {
    const { signal } = this.#options;
    await sleep(Math.max(dueMs - performance.now(), 0), undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }
}

/** `ticker of BTCUSDT` and `ticker of ETHUSDT` are of one kind. */
const kindOf = (what: string): string => what.replace(/ of \S+$/, "");

const nextDue = (dueMs: number, periodMs: number): number =>
  dueMs + periodMs * Math.max(Math.ceil((performance.now() - dueMs) / periodMs), 1);

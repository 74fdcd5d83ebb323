/**
 * Brings the ledger up to date over REST: private topics are not replayed, so what happened while the stream was down is
 * known to nobody who does not ask. Executions are asked for with an overlap and page by page; the ledger counts each
 * once.
 */

import type { RestClient } from "../rest/rest-client.ts";
import type { Ledger, OpenOrder, Row } from "./ledger.ts";

export interface Reconciler {
  /** Rejects where it could not be done: then nothing is known for certain. */
  reconcile(): Promise<void>;
  /** The same of one order that has ended in a way that is not known. */
  ask(order: Pick<OpenOrder, "orderId" | "symbol">): Promise<void>;
}

export interface ReconcilerOptions {
  rest: RestClient;
  ledger: Ledger;
}

const category = "linear";
const settleCoin = "USDT";
/** Executions may be listed a little after they happened. */
const overlapMs = 60_000;
/** News of the last moment are on the stream, which is up already; a list may be older than they are. */
const listLagMs = 500;
const limits = { orders: "50", executions: "50", positions: "200" };

export class RestReconciler implements Reconciler {
  readonly #rest: RestClient;
  readonly #ledger: Ledger;

  constructor({ rest, ledger }: ReconcilerOptions) {
    this.#rest = rest;
    this.#ledger = ledger;
  }

  async reconcile(): Promise<void> {
    const asOfMs = this.#rest.exchangeNow() - listLagMs;
    const since = this.#ledger.lastExecutionMs;
    const from = since === undefined ? {} : { startTime: String(since - overlapMs) };
    const [orders, executions, positions] = await Promise.all([
      this.openOrders(),
      this.#all("/v5/execution/list", { category, limit: limits.executions, ...from }),
      this.#all("/v5/position/list", { category, settleCoin, limit: limits.positions }),
    ]);
    if (orders !== undefined) this.#ledger.openOrders(orders, asOfMs);
    executions.forEach((row) => this.#ledger.execution(row));
    this.#ledger.openPositions(positions, asOfMs);
  }

  async ask({ orderId, symbol }: Pick<OpenOrder, "orderId" | "symbol">): Promise<void> {
    const query = { category, symbol, orderId };
    const [orders, executions] = await Promise.all([
      this.#all("/v5/order/realtime", query),
      this.#all("/v5/execution/list", query),
    ]);
    executions.forEach((row) => this.#ledger.execution(row));
    orders.forEach((row) => this.#ledger.order(row));
  }

  protected openOrders(): Promise<Row[] | undefined> {
    return this.#all("/v5/order/realtime", { category, settleCoin, limit: limits.orders });
  }

  /** Every page of a list. */
  async #all(path: string, query: Readonly<Record<string, string>>): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor = "";
    do {
      const { result } = await this.#rest.get(path, cursor === "" ? query : { ...query, cursor: unescaped(cursor) });
      const { list, nextPageCursor = "" } = result as { list: readonly Row[]; nextPageCursor?: string };
      rows.push(...list);
      cursor = list.length === 0 ? "" : nextPageCursor;
    } while (cursor !== "");
    return rows;
  }
}

/** The exchange gives a cursor percent-encoded, and the query is encoded again. */
const unescaped = (cursor: string): string => decodeURIComponent(cursor);

/**
 * The coins of the account. Every change of a balance is booked with the reason, in one place, so that the transaction
 * log is the balance: a balance without its row cannot come to be. The log keeps its newest rows only, each with the
 * balance after it.
 */

import type { Big } from "big.js";
import { zero } from "./decimal.ts";
import { Newest } from "./newest.ts";

export interface Entry {
  type: "TRADE" | "LIQUIDATION" | "SETTLEMENT" | "TRANSFER_IN" | "TRANSFER_OUT";
  category: string;
  symbol: string;
  side: string;
  timeMs: number;
  coin: string;
  cashFlow: Big;
  /** Positive is received, negative is paid: the opposite sign of an execution's fee. */
  funding: Big;
  fee: Big;
  qty: Big;
  /** Size of the position afterwards. */
  size: Big;
  tradePrice: Big;
  feeRate: Big;
  tradeId: string;
  orderId: string;
  orderLinkId: string;
}

export interface Transaction extends Entry {
  serial: number;
  id: string;
  change: Big;
  cashBalance: Big;
}

export class Wallet {
  readonly #balances = new Map<string, Big>();
  readonly #realised = new Map<string, Big>();
  readonly #transactions: Newest<Transaction>;
  readonly #name: () => { serial: number; id: string };

  /** @param name Gives the next transaction its number and id. */
  constructor(initial: Readonly<Record<string, Big>>, name: () => { serial: number; id: string }, keptRows: number) {
    this.#transactions = new Newest(keptRows);
    for (const [coin, balance] of Object.entries(initial)) this.#balances.set(coin, balance);
    this.#name = name;
  }

  get coins(): string[] {
    return [...this.#balances.keys()];
  }

  balance(coin: string): Big {
    return this.#balances.get(coin) ?? zero;
  }

  /** Realised by positions settled in this coin, fees and funding included. */
  realised(coin: string): Big {
    return this.#realised.get(coin) ?? zero;
  }

  book(entry: Entry): Transaction {
    const change = entry.cashFlow.plus(entry.funding).minus(entry.fee);
    const cashBalance = this.balance(entry.coin).plus(change);
    this.#balances.set(entry.coin, cashBalance);
    if (entry.category !== "spot" && !entry.type.startsWith("TRANSFER")) {
      this.#realised.set(entry.coin, this.realised(entry.coin).plus(change));
    }
    const transaction = { ...entry, ...this.#name(), change, cashBalance };
    this.#transactions.add(transaction);
    return transaction;
  }

  newestFirst(): Transaction[] {
    return this.#transactions.newestFirst();
  }
}

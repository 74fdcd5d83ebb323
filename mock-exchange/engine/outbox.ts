/**
 * What the account has to tell its private streams. A request's reply goes out first: what changed is collected and
 * leaves on the next turn of the loop, one message per order, execution, position and wallet, in that order.
 */

import type { Account } from "./account.ts";
import type { Execution } from "./execution.ts";
import type { Order, TradedCategory } from "./order.ts";
import { executionPush } from "./views/execution-view.ts";
import { orderPush } from "./views/order-view.ts";
import { positionPush } from "./views/position-view.ts";
import { walletView } from "./views/wallet-view.ts";

export interface Push {
  kind: "order" | "execution" | "position" | "wallet";
  /** Empty for the wallet. */
  category: string;
  symbol: string;
  timeMs: number;
  data: Readonly<Record<string, unknown>>[];
}

type Listener = (push: Push) => void;

export class Outbox {
  readonly #defer: (callback: () => void) => void;
  readonly #listeners = new Set<Listener>();
  readonly #passing: Push[] = [];
  readonly #orders = new Map<string, Order>();
  readonly #executions: Execution[] = [];
  readonly #positions = new Map<string, { category: TradedCategory; symbol: string }>();
  #wallet = false;
  #scheduled = false;
  #account: Account | undefined;

  /** @param defer Calls back on the next turn of the loop. */
  constructor(defer: (callback: () => void) => void) {
    this.#defer = defer;
  }

  /** The account it speaks for. */
  serve(account: Account): void {
    this.#account = account;
  }

  /** Returns the way to stop. */
  onPush(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every change of an order is also news of its position. */
  order(order: Order): void {
    this.#orders.set(order.orderId, order);
    if (order.category !== "spot") this.position(order.category, order.symbol);
    this.#schedule();
  }

  /** For a state that will have passed when the others leave (`Triggered`). */
  passing(order: Order): void {
    if (this.#account === undefined) return;
    const { category, symbol } = order;
    const timeMs = this.#account.now();
    this.#passing.push({ kind: "order", category, symbol, timeMs, data: [orderPush(order, this.#account)] });
    this.#schedule();
  }

  execution(execution: Execution): void {
    this.#executions.push(execution);
    this.#schedule();
  }

  position(category: TradedCategory, symbol: string): void {
    this.#positions.set(`${category}/${symbol}`, { category, symbol });
    this.#schedule();
  }

  wallet(): void {
    this.#wallet = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#defer(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const account = this.#account;
    if (account === undefined) return;
    const timeMs = account.now();
    const pushes = [
      ...this.#passing.splice(0),
      ...grouped("order", [...this.#orders.values()], timeMs, (order) => orderPush(order, account)),
      ...grouped("execution", this.#executions.splice(0), timeMs, (execution) => executionPush(execution, account)),
      ...[...this.#positions.values()].map(({ category, symbol }): Push => {
        const data = account.positions.rows(category, symbol).map((position) => positionPush(position, account));
        return { kind: "position", category, symbol, timeMs, data };
      }),
    ];
    if (this.#wallet) {
      pushes.push({ kind: "wallet", category: "", symbol: "", timeMs, data: [walletView(account)] });
    }
    this.#orders.clear();
    this.#positions.clear();
    this.#wallet = false;
    for (const push of pushes) for (const listener of [...this.#listeners]) listener(push);
  }
}

/** One message per symbol, in the order in which the symbols first appear. */
function grouped<T extends { category: string; symbol: string }>(
  kind: Push["kind"],
  items: readonly T[],
  timeMs: number,
  view: (item: T) => Readonly<Record<string, unknown>>,
): Push[] {
  const groups = Map.groupBy(items, ({ category, symbol }) => `${category}/${symbol}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ kind, category: first.category, symbol: first.symbol, timeMs, data: group.map(view) }];
  });
}

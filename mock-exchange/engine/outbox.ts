/**
 * What the account has to report on its private streams. A request's reply goes out first: what changed is collected and
 * leaves on the next turn of the loop, one message per order, execution, position and wallet, in that order.
 */

import type { Execution } from "./execution.ts";
import type { Order, TradedCategory } from "./orders/order.ts";

type View = Readonly<Record<string, unknown>>;

export interface Push {
  kind: "order" | "execution" | "position" | "wallet";
  /** Empty for the wallet. */
  category: string;
  symbol: string;
  timeMs: number;
  data: View[];
}

/**
 * How news look on the wire at the moment they leave. The outbox is a part of the account, so it does not know the
 * account: whoever ties the two together says how the account shows itself (`views/account-pushes.ts`).
 */
export interface Views {
  nowMs(): number;
  order(order: Order): View;
  execution(execution: Execution): View;
  positions(category: TradedCategory, symbol: string): View[];
  wallet(): View;
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
  #views: Views | undefined;

  /** @param defer Calls back on the next turn of the loop. */
  constructor(defer: (callback: () => void) => void) {
    this.#defer = defer;
  }

  /** Until then nothing can be reported. */
  show(views: Views): void {
    this.#views = views;
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
    const views = this.#views;
    if (views === undefined) return;
    const { category, symbol } = order;
    this.#passing.push({ kind: "order", category, symbol, timeMs: views.nowMs(), data: [views.order(order)] });
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
    const views = this.#views;
    if (views === undefined) return;
    const timeMs = views.nowMs();
    const pushes = [
      ...this.#passing.splice(0),
      ...grouped("order", [...this.#orders.values()], timeMs, (order) => views.order(order)),
      ...grouped("execution", this.#executions.splice(0), timeMs, (execution) => views.execution(execution)),
      ...[...this.#positions.values()].map(({ category, symbol }): Push => {
        return { kind: "position", category, symbol, timeMs, data: views.positions(category, symbol) };
      }),
    ];
    if (this.#wallet) {
      pushes.push({ kind: "wallet", category: "", symbol: "", timeMs, data: [views.wallet()] });
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
  view: (item: T) => View,
): Push[] {
  const groups = Map.groupBy(items, ({ category, symbol }) => `${category}/${symbol}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ kind, category: first.category, symbol: first.symbol, timeMs, data: group.map(view) }];
  });
}

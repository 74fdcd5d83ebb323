/**
 * What we have at the exchange: open orders, executions, positions. It is fed by the private stream and by REST alike:
 * an execution counts once, by its id and its order's, whichever way and however often it comes, and news that are older
 * than what is known change nothing. By its order's too: of a trade with oneself both sides have one execId.
 */

export type Row = Readonly<Record<string, unknown>>;

export interface OpenOrder {
  orderId: string;
  orderLinkId: string;
  symbol: string;
  side: string;
  updatedMs: number;
}

const openStates = ["New", "PartiallyFilled", "Untriggered"];

export class Ledger {
  readonly #open = new Map<string, OpenOrder>();
  /** Ended orders: an ended one never opens again, whatever an older list says. */
  readonly #ended = new Set<string>();
  readonly #executions = new Set<string>();
  #counted = 0;
  readonly #net = new Map<string, number>();
  readonly #positions = new Map<string, { size: number; updatedMs: number }>();
  #lastExecutionMs: number | undefined;

  get open(): readonly OpenOrder[] {
    return [...this.#open.values()];
  }

  /** When the last execution was that we know of, by the exchange's date. */
  get lastExecutionMs(): number | undefined {
    return this.#lastExecutionMs;
  }

  order(row: Row): void {
    const [orderId, updatedMs] = [String(row.orderId), Number(row.updatedTime)];
    if (!openStates.includes(String(row.orderStatus))) {
      this.#open.delete(orderId);
      this.#ended.add(orderId);
      return;
    }
    if (this.#ended.has(orderId) || (this.#open.get(orderId)?.updatedMs ?? -1) > updatedMs) return;
    const [orderLinkId, symbol, side] = [String(row.orderLinkId), String(row.symbol), String(row.side)];
    this.#open.set(orderId, { orderId, orderLinkId, symbol, side, updatedMs });
  }

  /** All open orders as they were at that date: what is not among them has ended, unless it changed since. */
  openOrders(rows: readonly Row[], asOfMs: number): void {
    const listed = new Set(rows.map(({ orderId }) => String(orderId)));
    for (const { orderId, updatedMs } of this.#open.values()) {
      if (listed.has(orderId) || updatedMs >= asOfMs) continue;
      this.#open.delete(orderId);
      this.#ended.add(orderId);
    }
    rows.forEach((row) => this.order(row));
  }

  execution(row: Row): void {
    if (!this.isNew(`${String(row.execId)} ${String(row.orderId)}`)) return;
    this.#counted += 1;
    this.#lastExecutionMs = Math.max(this.#lastExecutionMs ?? 0, Number(row.execTime));
    if (row.execType === "Funding") return;
    const signed = Number(row.execQty) * (row.side === "Buy" ? 1 : -1);
    const symbol = String(row.symbol);
    this.#net.set(symbol, tidy((this.#net.get(symbol) ?? 0) + signed));
  }

  /** Whether this execution was not counted yet; from now on it is. */
  protected isNew(name: string): boolean {
    const known = this.#executions.has(name);
    this.#executions.add(name);
    return !known;
  }

  position(row: Row): void {
    const [symbol, updatedMs] = [String(row.symbol), Number(row.updatedTime)];
    if ((this.#positions.get(symbol)?.updatedMs ?? -1) > updatedMs) return;
    const size = Number(row.size) * (row.side === "Sell" ? -1 : 1);
    this.#positions.set(symbol, { size: tidy(size), updatedMs });
  }

  /** All open positions as they were at that date: what is not among them is flat, unless it changed since. */
  openPositions(rows: readonly Row[], asOfMs: number): void {
    const listed = new Set(rows.map(({ symbol }) => String(symbol)));
    for (const [symbol, { updatedMs }] of this.#positions) {
      if (!listed.has(symbol) && updatedMs < asOfMs) this.#positions.set(symbol, { size: 0, updatedMs: asOfMs });
    }
    rows.forEach((row) => this.position(row));
  }

  /** For whoever compares it with the exchange's own books. */
  summary(): { open: string[]; executions: number; net: Record<string, number>; positions: Record<string, number> } {
    const sizes = [...this.#positions].map(([symbol, { size }]) => [symbol, size] as const);
    const held = (list: readonly (readonly [string, number])[]): Record<string, number> =>
      Object.fromEntries(list.filter(([, size]) => size !== 0));
    return {
      open: this.open.map(({ orderId }) => orderId).toSorted(),
      executions: this.#counted,
      net: held([...this.#net]),
      positions: held(sizes),
    };
  }
}

/** Quantities have a few decimals; sums of floats have more. */
const tidy = (qty: number): number => Math.round(qty * 1e8) / 1e8;

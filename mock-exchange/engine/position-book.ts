/** The account's positions with what is set per symbol: one-way or hedge mode, leverage. */

import { Big } from "big.js";
import type { Side } from "../market/market.ts";
import { flatPosition, type Position } from "./position.ts";
import type { PositionIdx, TradedCategory } from "./orders/order.ts";

export type PositionMode = "one-way" | "hedge";

const defaultLeverage = new Big(10);

export class PositionBook {
  readonly #positions = new Map<string, Position>();
  readonly #modes = new Map<string, PositionMode>();
  readonly #leverages = new Map<string, { Buy: Big; Sell: Big }>();

  /** The position, flat where there was none yet. */
  of(category: TradedCategory, symbol: string, positionIdx: PositionIdx): Position {
    const key = `${category}/${symbol}/${positionIdx}`;
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    const fresh = flatPosition(category, symbol, positionIdx);
    this.#positions.set(key, fresh);
    return fresh;
  }

  /** One row in one-way mode, two in hedge mode. */
  rows(category: TradedCategory, symbol: string): Position[] {
    const indices: PositionIdx[] = this.mode(category, symbol) === "hedge" ? [1, 2] : [0];
    return indices.map((positionIdx) => this.of(category, symbol, positionIdx));
  }

  /** All that are not flat. */
  open(category?: TradedCategory): Position[] {
    return [...this.#positions.values()].filter(
      (position) => position.size.gt(0) && (category === undefined || position.category === category),
    );
  }

  /** Every position that ever was. */
  all(): Position[] {
    return [...this.#positions.values()];
  }

  mode(category: TradedCategory, symbol: string): PositionMode {
    return this.#modes.get(`${category}/${symbol}`) ?? "one-way";
  }

  setMode(category: TradedCategory, symbol: string, mode: PositionMode): void {
    this.#modes.set(`${category}/${symbol}`, mode);
  }

  leverage(category: TradedCategory, symbol: string, side: Side): Big {
    return this.#leverages.get(`${category}/${symbol}`)?.[side] ?? defaultLeverage;
  }

  setLeverage(category: TradedCategory, symbol: string, leverage: { Buy: Big; Sell: Big }): void {
    this.#leverages.set(`${category}/${symbol}`, leverage);
  }
}

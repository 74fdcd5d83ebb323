/**
 * A small market for the engine's tests: a fixed ladder of prices around a last price that only moves when made to or
 * traded through. Deterministic, without flow of its own and without history; `market/` is the real one.
 */

import { Big } from "big.js";
import type { Category, Fill, Instrument, Market, Quote, RestingOrder, Side, Watched } from "../market/market.ts";
import { floorTo, min, zero } from "./decimal.ts";

export interface PlainMarket extends Market {
  /** The market goes to this price and hits the resting orders on the way. */
  moveTo(category: Category, symbol: string, price: string): void;
}

interface Level {
  price: Big;
  qty: Big;
  /** Undefined: of the ladder. */
  id?: string;
}

const levels = 20;
const stepsPerLevel = { linear: 1_000, inverse: 1_000, spot: 1_000_000, option: 1_000 };
const usdQuoted = ["USDT", "USDC", "USD"];

export function plainMarket(
  contracts: readonly Instrument[],
  options: { nowMs: () => number; lastPrice?: string },
): PlainMarket {
  const known = new Map(contracts.map((contract) => [`${contract.category}/${contract.symbol}`, contract]));
  const lasts = new Map<string, Big>();
  const resting = new Map<string, RestingOrder>();
  const fillListeners = new Set<(id: string, fill: Fill) => void>();
  const priceListeners = new Set<(moved: readonly Watched[]) => void>();
  let seq = 1_000;

  const instrument = (category: Category, symbol: string): Instrument => {
    const found = known.get(`${category}/${symbol}`);
    if (found === undefined) throw new Error(`There is no ${category} ${symbol}.`);
    return found;
  };
  const last = (category: Category, symbol: string): Big =>
    lasts.get(`${category}/${symbol}`) ?? new Big(options.lastPrice ?? "100");

  const fillOf = (category: Category, price: Big, qty: Big): Fill => {
    seq += 1;
    const execId =
      category === "spot"
        ? `22900000${String(seq).padStart(11, "0")}`
        : `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;
    return { price, qty, timeMs: Math.floor(options.nowMs()), execId, seq };
  };

  /** What an order of that side meets, best first: the ladder and the account's own orders. */
  const against = (category: Category, symbol: string, side: Side): Level[] => {
    const { tickSize, qtyStep } = instrument(category, symbol);
    const from = floorTo(last(category, symbol), tickSize);
    const ladder = Array.from({ length: levels }, (_, index): Level => {
      const away = new Big(tickSize).times(index + 1);
      return {
        price: side === "Buy" ? from.plus(away) : from.minus(away),
        qty: new Big(qtyStep).times(stepsPerLevel[category] + index),
      };
    });
    const own = [...resting.values()]
      .filter((order) => order.category === category && order.symbol === symbol && order.side !== side)
      .map(({ id, price, qty }): Level => ({ id, price, qty }));
    return [...own, ...ladder]
      .filter(({ price }) => price.gt(0))
      .toSorted((a, b) => (side === "Buy" ? a.price.cmp(b.price) : b.price.cmp(a.price)));
  };

  const reachable = (category: Category, symbol: string, side: Side, limit?: Big): Level[] =>
    against(category, symbol, side).filter(
      ({ price }) => limit === undefined || (side === "Buy" ? price.lte(limit) : price.gte(limit)),
    );

  const fillResting = (order: RestingOrder, price: Big, qty: Big): void => {
    if (qty.eq(order.qty)) resting.delete(order.id);
    else resting.set(order.id, { ...order, qty: order.qty.minus(qty) });
    const fill = fillOf(order.category, price, qty);
    for (const listener of fillListeners) listener(order.id, fill);
  };

  const setLast = (category: Category, symbol: string, price: Big): void => {
    lasts.set(`${category}/${symbol}`, price);
    for (const listener of priceListeners) listener([{ category, symbol }]);
  };

  return {
    instruments: (category) => [...known.values()].filter((contract) => contract.category === category),
    instrument: (category, symbol) => known.get(`${category}/${symbol}`),
    quote(category, symbol): Quote {
      const price = last(category, symbol);
      return {
        bid: against(category, symbol, "Sell")[0]?.price ?? null,
        ask: against(category, symbol, "Buy")[0]?.price ?? null,
        ...{ last: price, mark: price, index: price },
      };
    },
    level: (category, symbol, side, nth) =>
      against(category, symbol, side === "Buy" ? "Sell" : "Buy")[nth - 1]?.price ?? null,
    takeable: (category, symbol, side, limit) =>
      reachable(category, symbol, side, limit).reduce((total, { qty }) => total.plus(qty), zero),
    take(category, symbol, side, qty, limit) {
      const fills: Fill[] = [];
      let left = qty;
      for (const level of reachable(category, symbol, side, limit)) {
        const taken = min(left, level.qty);
        if (taken.lte(0)) break;
        left = left.minus(taken);
        fills.push(fillOf(category, level.price, taken));
        const own = level.id === undefined ? undefined : resting.get(level.id);
        if (own !== undefined) fillResting(own, level.price, taken);
      }
      const final = fills.at(-1);
      if (final !== undefined) setLast(category, symbol, final.price);
      return fills;
    },
    rest: (order) => void resting.set(order.id, order),
    unrest: (id) => void resting.delete(id),
    hit(id) {
      const order = resting.get(id);
      if (order !== undefined) fillResting(order, order.price, order.qty);
    },
    coarsenTick(category, symbol, times) {
      const { tickSize, ...contract } = instrument(category, symbol);
      const coarser = new Big(tickSize).times(times).toFixed(2);
      known.set(`${category}/${symbol}`, { ...contract, tickSize: coarser });
    },
    onRestingFilled(listener) {
      fillListeners.add(listener);
      return () => fillListeners.delete(listener);
    },
    onPrices(listener) {
      priceListeners.add(listener);
      return () => priceListeners.delete(listener);
    },
    moveTo(category, symbol, text) {
      const price = new Big(text);
      for (const order of [...resting.values()]) {
        if (order.category !== category || order.symbol !== symbol) continue;
        const hit = order.side === "Buy" ? price.lte(order.price) : price.gte(order.price);
        if (hit && resting.has(order.id)) fillResting(order, order.price, order.qty);
      }
      setLast(category, symbol, price);
    },
  };
}

/** An instrument by its symbol alone, with the steps of a liquid one. */
export function plainInstrument(category: Category, symbol: string): Instrument {
  const quoteCoin = usdQuoted.find((coin) => symbol.endsWith(coin)) ?? "USDT";
  const baseCoin = symbol.slice(0, -quoteCoin.length);
  const tickSize = category === "inverse" ? "0.50" : "0.10";
  const qtyStep = category === "inverse" ? "1" : category === "spot" ? "0.000001" : "0.001";
  const filters = {
    priceFilter: { minPrice: "0.10", maxPrice: "1999999.80", tickSize },
    riskParameters: { priceLimitRatioY: "0.5" },
  };
  return {
    ...{ category, symbol, baseCoin, quoteCoin, tickSize, qtyStep },
    settleCoin: category === "inverse" ? baseCoin : quoteCoin,
    minOrderQty: qtyStep,
    maxOrderQty: "1000000",
    maxMktOrderQty: "500000",
    minNotionalValue: category === "inverse" ? "0" : "5",
    maxLeverage: "100.00",
    info: { symbol, fundingInterval: category === "spot" ? 0 : 480, ...filters },
  };
}

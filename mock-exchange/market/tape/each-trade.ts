/** The flow's trades of a minute and the engine's, as one sequence. */

import type { MinuteTrades } from "./draw-trades.ts";
import type { ExtraTrade } from "./extras.ts";

/** Calls back for the trades of one minute in order of time; at the same moment the flow comes first. */
export function eachOf(
  base: MinuteTrades,
  extras: readonly ExtraTrade[],
  callback: (timeMs: number, price: number, size: number, buy: boolean, nth: number, extra: boolean) => void,
): void {
  let next = 0;
  const passExtras = (beforeMs: number): void => {
    for (let extra = extras[next]; extra !== undefined && extra.timeMs < beforeMs; extra = extras[(next += 1)]) {
      callback(extra.timeMs, extra.price, extra.size, extra.buy, extra.nth, true);
    }
  };
  for (let i = 0; i < base.count; i += 1) {
    const timeMs = base.times[i] ?? 0;
    passExtras(timeMs);
    callback(timeMs, base.prices[i] ?? 0, base.sizes[i] ?? 0, base.buys[i] === 1, i, false);
  }
  passExtras(Infinity);
}

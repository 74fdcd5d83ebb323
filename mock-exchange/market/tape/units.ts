/**
 * The whole numbers an instrument counts in: ticks of price, steps of quantity, and units of turnover: tick times step
 * for linear and spot, 1e-8 coin for inverse, where a dollar buys less the higher the price.
 */

import { grain, placed, type Grain } from "../decimal.ts";
import { startUnits } from "../path/coin-path.ts";
import type { Spec } from "../catalogue/spec.ts";

const inverseDecimals = 8;

export interface Units {
  tick: Grain;
  step: Grain;
  /** From the coin's path to this instrument's price. */
  ticks(pathUnits: number): number;
  turnover(ticks: number, steps: number): number;
  turnoverText(units: number): string;
}

export function unitsOf(spec: Spec): Units {
  const tick = grain(spec.instrument.tickSize);
  const step = grain(spec.instrument.qtyStep);
  const factor = (spec.coin.price * spec.ratio) / tick.value / startUnits;
  const ticks = (pathUnits: number): number => Math.max(1, Math.round(pathUnits * factor));
  if (spec.instrument.category === "inverse") {
    const scale = 10 ** inverseDecimals / tick.value;
    return {
      tick,
      step,
      ticks,
      turnover: (price, steps) => Math.round((steps * step.value * scale) / price),
      turnoverText: (units) => placed(units, inverseDecimals),
    };
  }
  const decimals = tick.decimals + step.decimals;
  const each = BigInt(tick.units * step.units);
  return {
    tick,
    step,
    ticks,
    turnover: (price, steps) => price * steps,
    turnoverText: (units) => placedBig(BigInt(units) * each, decimals),
  };
}

function placedBig(whole: bigint, decimals: number): string {
  if (decimals === 0) return String(whole);
  const digits = String(whole).padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

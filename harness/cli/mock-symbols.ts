/**
 * What `--symbols` may name: anything the exchange lists, and any perpetual by its name, which it then lists as well.
 * What cannot be a perpetual is a slip of the pen.
 */

import { unknownName, FiredrillError } from "../../core/errors.ts";
import { inverseSpecs } from "../../mock-exchange/market/catalogue/inverse.ts";
import { linearSpecs } from "../../mock-exchange/market/catalogue/linear.ts";
import { spotSpecs } from "../../mock-exchange/market/catalogue/spot.ts";

const perpetual = /^[A-Z0-9]+(USDT|PERP)$/;

/**
 * @returns Those that may have to be listed: what is no perpetual is listed in any case.
 * @throws FiredrillError that suggests the nearest.
 */
export function perpetualsOf(symbols: readonly string[], startMs: number): string[] {
  const linear = linearSpecs(startMs).map(({ instrument }) => instrument.symbol);
  const others = [...inverseSpecs(startMs), ...spotSpecs(startMs)].map(({ instrument }) => instrument.symbol);
  const perpetuals = symbols.filter((symbol) => linear.includes(symbol) || !others.includes(symbol));
  const wrong = perpetuals.find((symbol) => !perpetual.test(symbol));
  if (wrong === undefined) return perpetuals;
  throw new FiredrillError(`${unknownName("symbol", wrong, linear)} Other perpetuals may be named too, as PEPEUSDT.`);
}

/** How a new order with a bad parameter is refused: contracts have one code for all of them, spot has one for some. */

import { illegalCategory, paramsError, RetError } from "../protocol/ret-codes.ts";

const ofSpot: Readonly<Record<string, [number, string]>> = {
  timeInForce: [170115, "Invalid timeInForce."],
  orderType: [170116, "Invalid orderType."],
  side: [170117, "Invalid side."],
  symbol: [170121, "Invalid symbol."],
  orderFilter: [170201, "Invalid orderFilter parameter"],
};

export function badParameter(name: string, isSpot: boolean): RetError {
  if (name === "category") return illegalCategory();
  if (!isSpot) return paramsError(`${name} invalid`);
  const known = ofSpot[name];
  // The spelling is Bybit's.
  return known === undefined
    ? new RetError(170130, `Data sent for paramter '${name}' is not valid.`)
    : new RetError(...known);
}

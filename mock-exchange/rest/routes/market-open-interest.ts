/** Open interest over time, newest first; nothing for an instrument that has none. */

import { minutes } from "../../../core/units.ts";
import { fixed, trimmed } from "../../market/decimal.ts";
import { categoryOf, cursorOf, cursorText, limitOf, listingOf, numberOf } from "../market-query.ts";
import { paramsError } from "../ret-codes.ts";
import { route } from "../route.ts";

const periods = new Map([
  ["5min", minutes(5)],
  ["15min", minutes(15)],
  ["30min", minutes(30)],
  ["1h", minutes(60)],
  ["4h", minutes(240)],
  ["1d", minutes(1_440)],
]);
const defaultRows = 50;
const mostRows = 200;

export default route({
  method: "GET",
  path: "/v5/market/open-interest",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["linear", "inverse"]);
    const listing = listingOf(query, market, category);
    const everyMs = periods.get(query.get("intervalTime") ?? "");
    if (everyMs === undefined) throw paramsError("intervalTime invalid");
    const limit = limitOf(query, defaultRows, mostRows);
    const before = cursorOf(query).get("lasttime");
    const fromMs = Math.max(numberOf(query, "startTime") ?? 0, listing.spec.launchMs);
    const toMs = Math.min(
      numberOf(query, "endTime") ?? Infinity,
      listing.untilMs,
      before === null ? Infinity : Number(before) * 1_000 - 1,
    );
    const times: number[] = [];
    for (let at = Math.floor(toMs / everyMs) * everyMs; at >= fromMs && times.length < limit; at -= everyMs) {
      times.push(at);
    }
    const last = times.length === limit ? times.at(-1) : undefined;
    const nextPageCursor = last === undefined ? "" : cursorText({ lastid: last / 1_000, lasttime: last / 1_000 });
    const { symbol } = listing.spec.instrument;
    if (!listing.spec.sparse.openInterest) return { symbol, category, list: [], nextPageCursor: "" };
    const amount = (steps: number): string => eightDecimals(trimmed(fixed(steps, listing.units.step)));
    const list = times.map((timestamp) => {
      const single = listing.positioning.singleOpenInterest(timestamp);
      return {
        openInterest: amount(2 * single),
        singleOpenInterest: amount(single),
        timestamp: String(timestamp),
      };
    });
    return { symbol, category, list, nextPageCursor };
  },
});

function eightDecimals(text: string): string {
  const [whole = "0", decimals = ""] = text.split(".");
  return `${whole}.${decimals.padEnd(8, "0")}`;
}

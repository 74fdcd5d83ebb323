/** The share of accounts that are long and short, newest first. */

import { minutes } from "../../../core/units.ts";
import { placed } from "../../market/decimal.ts";
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
const mostRows = 500;

export default route({
  method: "GET",
  path: "/v5/market/account-ratio",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["linear", "inverse"]);
    const listing = listingOf(query, market, category);
    const everyMs = periods.get(query.get("period") ?? "");
    if (everyMs === undefined) throw paramsError("period invalid");
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
    const nextPageCursor = last === undefined ? "" : cursorText({ lastid: 0, lasttime: last / 1_000 });
    const { symbol } = listing.spec.instrument;
    const share = (tenThousandths: number): string => placed(tenThousandths, 4);
    const list = times.map((timestamp) => {
      const long = listing.positioning.longShare(timestamp);
      return { symbol, buyRatio: share(long), sellRatio: share(10_000 - long), timestamp: String(timestamp) };
    });
    return { list, nextPageCursor };
  },
});

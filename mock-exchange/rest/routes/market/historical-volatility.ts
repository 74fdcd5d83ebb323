/** Hourly volatility of an option's coin. The result is an array, and the category stands beside it. */

import { hours } from "../../../../core/units.ts";
import { categoryOf, numberOf } from "../../market-query.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { Reply, route } from "../../route.ts";

const periods = [7, 14, 21, 30, 60, 90, 180, 270];
const longestMs = hours(24 * 30);
const stepMs = hours(1);

export default route({
  method: "GET",
  path: "/v5/market/historical-volatility",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    categoryOf(query, ["option"]);
    const period = numberOf(query, "period") ?? 7;
    if (!periods.includes(period)) throw paramsError("period invalid");
    const start = numberOf(query, "startTime");
    const end = numberOf(query, "endTime");
    if ((start === undefined) !== (end === undefined)) throw paramsError("startTime and endTime go together");
    const toMs = Math.min(end ?? market.untilMs, market.untilMs);
    const fromMs = start ?? toMs - stepMs;
    if (toMs - fromMs > longestMs) throw paramsError("the range is longer than 30 days");
    const wanted = (name: string, coin: string): boolean => [null, "", coin].includes(query.get(name));
    const option = market
      .options()
      .find(
        ({ spec }) => wanted("baseCoin", spec.instrument.baseCoin) && wanted("quoteCoin", spec.instrument.quoteCoin),
      );
    const list = [];
    for (let at = Math.floor(toMs / stepMs) * stepMs; at > fromMs && option !== undefined; at -= stepMs) {
      list.push({ period, value: (option.at(at).iv * (1 + period / 4_000)).toFixed(8), time: String(at) });
    }
    return new Reply(list, "SUCCESS", { category: "option" });
  },
});

/**
 * No decision on nothing: each decision that the client reports is based on at least one candle of every timeframe.
 * What a client decides and on what only itself can say, so without its telemetry (`decision`, with `candles` by
 * timeframe) this is not applicable. That there was something to go wrong is seen from the servers: candles that were
 * answered with an error, a page, half a body or nothing.
 */

import { count } from "../../../core/units.ts";
import { gaveData, queryOf, type Request } from "../../evidence/requests.ts";
import type { Report } from "../../evidence/telemetry.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { never } from "../../verdicts/never.ts";

export const decidesOnData = never<object>("decides-on-data", {
  asks: "decides on nothing that is empty or invalid, on any timeframe",
  needs: telemetry("decision", ({ candles }) => candles != null),
  unit: "decisions",
  todo: "decide on nothing that is empty",
  unjudged: "all the candles that it asked for came",
  violations: (evidence) =>
    evidence.reports("decision").flatMap(({ event, at, data }) => {
      const none = without(data);
      const of = data.symbol === undefined ? "" : ` for ${data.symbol}`;
      return none.length === 0 ? [] : [{ event, at, what: `decided${of} without any candle of ${none.join(", ")}` }];
    }),
  looked(evidence) {
    const bad = evidence.requests().filter((request) => isCandles(request) && !gaveData(request));
    if (bad.length === 0) return undefined;
    const timeframes = new Set(bad.map((request) => queryOf(request).get("interval"))).size;
    const decisions = count(evidence.reports("decision").length, "decision");
    return `it made ${decisions} while ${count(bad.length, "request")} for candles on ${count(timeframes, "timeframe")} brought none`;
  },
});

const isCandles = ({ path }: Request): boolean => /\/(mark-price-|index-price-|premium-index-price-)?kline$/.test(path);

/** The timeframes on which a decision has nothing; one that does not say on what it is based has nothing on any. */
function without({ candles }: Report<"decision">["data"]): string[] {
  const timeframes = Object.entries(candles ?? {});
  if (timeframes.length === 0) return ["its timeframes"];
  return timeframes.flatMap(([timeframe, n]) => (n !== null && n > 0 ? [] : [timeframe]));
}

/**
 * No decision on nothing: each decision that the client tells of is based on at least one candle of every timeframe.
 * What a client decides and on what only itself can tell, so without its telemetry (`decision`, with `candles` by
 * timeframe) this is not applicable. That there was something to go wrong is seen from the servers: candles that were
 * answered with an error, a page, half a body or nothing.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { gaveData } from "./lib/polls.ts";
import { queryOf, requestsOf, type Request } from "./lib/requests.ts";

type Telemetry = JournalEvent<"client.telemetry">;

const isCandles = ({ path }: Request): boolean => /\/(mark-price-|index-price-|premium-index-price-)?kline$/.test(path);

export function decidesOnData(): Check {
  return {
    name: "decides-on-data",
    asks: "decides on nothing that is empty or invalid, on any timeframe",
    judge(journal, setting) {
      const shape = { target: 0, unit: "decisions" };
      const decisions = journal.all("client.telemetry").filter(({ event }) => event === "decision");
      const [told] = decisions;
      if (told === undefined || !decisions.some(({ data }) => candlesOf(data) !== undefined)) {
        const message = `What ${setting.client} bases its decisions on could not be observed: it sends no telemetry {"firedrill":"decision","candles":{…}}.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const baseless = decisions.filter(({ data }) => missing(data).length > 0);
      const [worst] = baseless;
      if (worst !== undefined) {
        return {
          ...shape,
          verdict: "fail",
          measured: baseless.length,
          message: `Expected ${setting.client} to decide on nothing that is empty; it made ${count(baseless.length, "decision")} of ${decisions.length} without candles, the first at ${setting.date(worst.at)}${symbolText(worst)} without any of ${missing(worst.data).join(", ")}. See journal line ${worst.seq}.`,
          evidence: [evidence(worst, JSON.stringify(worst.data))],
        };
      }
      const bad = requestsOf(journal).filter((request) => isCandles(request) && !gaveData(request));
      const [first] = bad;
      if (first === undefined) {
        const message = `Whether ${setting.client} decides on nothing could not be judged: all the candles it asked for came.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const timeframes = new Set(bad.map((request) => queryOf(request).get("interval")));
      const message = `${setting.client} made ${count(decisions.length, "decision")}, each on candles of every timeframe, while ${count(bad.length, "request")} for candles on ${count(timeframes.size, "timeframe")} brought none.`;
      return { ...shape, verdict: "pass", measured: 0, message, evidence: [evidence(first, "no candles")] };
    },
  };
}

function candlesOf(data: Telemetry["data"]): Record<string, unknown> | undefined {
  const { candles } = data;
  return typeof candles === "object" && candles !== null ? (candles as Record<string, unknown>) : undefined;
}

/** The timeframes on which a decision has nothing; one that does not say on what it is based has nothing on any. */
function missing(data: Telemetry["data"]): string[] {
  const candles = candlesOf(data);
  if (candles === undefined || Object.keys(candles).length === 0) return ["its timeframes"];
  return Object.entries(candles).flatMap(([timeframe, n]) => (typeof n === "number" && n > 0 ? [] : [timeframe]));
}

const symbolText = ({ data: { symbol } }: Telemetry): string => (typeof symbol === "string" ? ` for ${symbol}` : "");

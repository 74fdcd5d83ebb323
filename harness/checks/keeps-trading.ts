/**
 * A client that trades on market data goes on doing so after a message of a symbol that is no use: the messages after it
 * are acted on, which an order of that symbol shows. Judged by the exchange's orders.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { nextOrderMs, symbolOf } from "./lib/trading.ts";
import { topicHits, type TopicHit } from "./lib/topic-hits.ts";

export interface KeepsTradingOptions {
  within: number;
  endpoint?: string;
}

interface Seen extends TopicHit {
  symbol: string;
  /** Incident ms until the next order of the symbol; Infinity where none came. */
  nextMs: number;
}

export function keepsTrading({ within, endpoint = "exchange-public" }: KeepsTradingOptions): Check {
  return {
    name: "keeps-trading",
    asks: `trades a symbol again within ${formatDuration(within)} of a message that is no use`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const endMs = clientEndMs(journal);
      const judged = seenOf(journal, endpoint).filter(({ nextMs, at }) => nextMs !== Infinity || endMs - at >= within);
      const never = judged.find(({ nextMs }) => nextMs === Infinity);
      const worst = never ?? judged.toSorted((a, b) => b.nextMs - a.nextMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} acts on what comes after a spoilt message could not be judged: it did not trade a symbol that had one, or was stopped right after.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { hit, did, topic, symbol, nextMs, at } = worst;
      const proof = [evidence(hit, `${topic} met ${did}`)];
      const measured = nextMs === Infinity ? null : Math.round(nextMs);
      if (nextMs <= within) {
        const message = `${setting.client} traded on after each of ${count(judged.length, "message")} that was no use, at the latest ${formatDuration(nextMs)} later.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen = measured === null ? `no order came in the ${formatDuration(endMs - at)} that it ran on` : `the next came after ${formatDuration(measured)}`; // prettier-ignore
      const waitedMs = measured ?? endMs - at;
      const excuse = { fromAt: at, toAt: at + waitedMs, latenessMs: waitedMs - within };
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to trade ${symbol} again within ${formatDuration(within)} after ${topic} met ${did} at ${setting.date(at)}; ${seen}. See journal line ${hit.seq}.`,
        evidence: proof,
        excuse,
      };
    },
  };
}

/** Only of symbols that had been traded by then. */
function seenOf(journal: JournalView, endpoint: string): Seen[] {
  const endMs = clientEndMs(journal);
  return topicHits(journal, endpoint).flatMap((hit) => {
    const symbol = symbolOf(hit.topic);
    if ((nextOrderMs(journal, symbol, 0) ?? Infinity) > hit.at || hit.at > endMs) return [];
    return [{ ...hit, symbol, nextMs: nextOrderMs(journal, symbol, hit.at) ?? Infinity }];
  });
}

/**
 * When its market data are back, a client that traded on them does so again, every symbol within a time of the end of the
 * fault. Judged by the exchange's orders.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { Check } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { nextOrderMs, tradedBy } from "./lib/trading.ts";

export interface TradesAgainOptions {
  within: number;
  endpoint?: string;
}

export function tradesAgain({ within, endpoint = "exchange-public" }: TradesAgainOptions): Check {
  return {
    name: "trades-again",
    asks: `trades every symbol again within ${formatDuration(within)} of the end of a fault`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const endMs = clientEndMs(journal);
      const faults = faultTimes(journal).filter((fault) => fault.endpoint === endpoint && fault.healedAt <= endMs);
      const returns = faults.flatMap((fault) =>
        tradedBy(journal, fault.landedAt).map((symbol) => {
          return { fault, symbol, afterMs: nextOrderMs(journal, symbol, fault.healedAt) ?? Infinity };
        }),
      );
      const judged = returns.filter(({ afterMs, fault }) => afterMs !== Infinity || endMs - fault.healedAt >= within);
      const never = judged.find(({ afterMs }) => afterMs === Infinity);
      const worst = never ?? judged.toSorted((a, b) => b.afterMs - a.afterMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} trades again could not be judged: it had not traded when its market data died, or was stopped right after they were back.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { fault, symbol, afterMs } = worst;
      const measured = afterMs === Infinity ? null : Math.round(afterMs);
      const proof = [{ seq: fault.proof, at: fault.landedAt, what: `${fault.what} hit` }];
      if (afterMs <= within) {
        const symbols = new Set(judged.map((one) => one.symbol)).size;
        const message = `${setting.client} traded ${count(symbols, "symbol")} again, at the latest ${formatDuration(afterMs)} after the end of the fault.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen = measured === null ? `it had not ${formatDuration(endMs - fault.healedAt)} later` : `it took ${formatDuration(measured)}`; // prettier-ignore
      // Where it never came, a late machine may have left it less time than it needed.
      const hadMs = measured ?? endMs - fault.healedAt;
      const excuse = { excuse: { fromAt: fault.healedAt, toAt: fault.healedAt + hadMs, latenessMs: hadMs - within } };
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to trade ${symbol} again within ${formatDuration(within)} after ${fault.what} was over at ${setting.date(fault.healedAt)}; ${seen}. The fault is journal line ${fault.proof}.`,
        evidence: proof,
        ...excuse,
      };
    },
  };
}

/**
 * A half-open stream, on which nobody answers any more, is noticed and closed within a time: the TCP connection itself,
 * so that nothing can be sent on it again. Judged from the server's side, which goes on seeing what the client does to
 * a stream that it has stalled. That it dials a new one is another check.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamHits } from "./lib/stream-hits.ts";
import { streamLives } from "./lib/stream-lives.ts";

export interface AbandonsDeadPeersOptions {
  within: number;
  endpoint?: string;
}

export function abandonsDeadPeers({ within, endpoint = "exchange-public" }: AbandonsDeadPeersOptions): Check {
  return {
    name: "abandons-dead-peers",
    asks: `closes a stream on which nobody answers within ${formatDuration(within)}`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const endMs = clientEndMs(journal);
      const lives = streamLives(journal, endpoint);
      const stalls = streamHits(journal, endpoint)
        .filter(({ action, at, healedAt }) => action === "stall" && Math.min(healedAt, endMs) - at >= within)
        .map(({ event, connection, at }) => {
          const closedAt = lives.find((life) => life.connection === connection)?.closed?.at ?? Infinity;
          // Who closes it when the client is stopped has not noticed anything.
          return { event, connection, at, afterMs: closedAt > endMs ? Infinity : closedAt - at };
        });
      const worst = stalls.toSorted((a, b) => b.afterMs - a.afterMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} notices dead peers could not be judged: none was dead for ${formatDuration(within)}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { event, connection, at, afterMs } = worst;
      const measured = afterMs === Infinity ? null : Math.round(afterMs);
      const proof = [evidence(event, `${connection} went dead`)];
      if (afterMs <= within) {
        const message = `${setting.client} closed ${count(stalls.length, "dead stream")}, at the latest ${formatDuration(afterMs)} after the last sign of life.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen = measured === null ? "it never did" : `it took ${formatDuration(measured)}`;
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to close ${connection} within ${formatDuration(within)} after nobody answered on it any more, at ${setting.date(at)}; ${seen}. See journal line ${event.seq}.`,
        evidence: proof,
        ...(measured === null ? {} : { excuse: { fromAt: at, toAt: at + measured, latenessMs: measured - within } }),
      };
    },
  };
}

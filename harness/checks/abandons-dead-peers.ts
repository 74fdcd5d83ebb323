/**
 * A half-open stream, on which nobody answers any more, is noticed and closed within a time: the TCP connection itself,
 * so that nothing can be sent on it again. Judged from the server's side, which goes on seeing what the client does to
 * a stream that it has stalled. That it dials a new one is another check.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamHits } from "./lib/stream-hits.ts";
import { streamLives } from "./lib/stream-lives.ts";
import { judgeTimely } from "./lib/timely.ts";

export interface AbandonsDeadPeersOptions {
  within: number;
  endpoint?: string;
}

export function abandonsDeadPeers({ within, endpoint = "exchange-public" }: AbandonsDeadPeersOptions): Check {
  return {
    name: "abandons-dead-peers",
    asks: `closes a stream on which nobody answers within ${formatDuration(within)}`,
    judge(journal, setting) {
      const { client } = setting;
      const endMs = clientEndMs(journal);
      const lives = streamLives(journal, endpoint);
      const stalls = streamHits(journal, endpoint)
        .filter(({ action, at, healedAt }) => action === "stall" && Math.min(healedAt, endMs) - at >= within)
        .map(({ event, connection, at }) => {
          const closedAt = lives.find((life) => life.connection === connection)?.closed?.at ?? Infinity;
          // Who closes it when the client is stopped has not noticed anything.
          const afterMs = closedAt > endMs ? Infinity : closedAt - at;
          return { event, what: `${connection} went dead`, connection, at, afterMs };
        });
      return judgeTimely(stalls, {
        within,
        unjudged: `Whether ${client} notices dead peers could not be judged: none was dead for ${formatDuration(within)}.`,
        passed: ({ afterMs }) =>
          `${client} closed ${count(stalls.length, "dead stream")}, at the latest ${formatDuration(afterMs)} after the last sign of life.`,
        expected: ({ connection, at }) =>
          `Expected ${client} to close ${connection} within ${formatDuration(within)} after nobody answered on it any more, at ${setting.date(at)}`,
      });
    },
  };
}

/** A close frame is answered at once, as the protocol asks: a server that waits for it holds the connection open. */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { closeText } from "./lib/stream-lives.ts";

export function answersClose({ within }: { within: number }): Check {
  return {
    name: "answers-close",
    asks: `answers a close frame within ${formatDuration(within)}`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const closes = journal
        .all("connection.closed")
        .filter(({ by, how }) => by === "server" && how === "close-frame")
        .map((closed) => {
          const answered = journal.first(
            "connection.close-answered",
            (event) => event.connection === closed.connection,
          );
          return { closed, afterMs: answered?.afterMs ?? Infinity };
        });
      const worst = closes.toSorted((a, b) => b.afterMs - a.afterMs)[0];
      if (worst === undefined) {
        const message = `No stream of ${setting.client} was closed with a close frame, so there was none to answer.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { closed, afterMs } = worst;
      const proof = [evidence(closed, closeText(closed))];
      const measured = afterMs === Infinity ? null : Math.round(afterMs);
      if (afterMs <= within) {
        const message = `${setting.client} answered ${count(closes.length, "close frame")}, the slowest after ${formatDuration(afterMs)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen = measured === null ? "it never did" : `it took ${formatDuration(measured)}`;
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to answer a close frame within ${formatDuration(within)}; when ${closeText(closed)} at ${setting.date(closed.at)}, ${seen}. See journal line ${closed.seq}.`,
        evidence: proof,
        ...(measured === null
          ? {}
          : { excuse: { fromAt: closed.at - measured, toAt: closed.at, latenessMs: measured - within } }),
      };
    },
  };
}

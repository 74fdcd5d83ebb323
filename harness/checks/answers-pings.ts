/**
 * Pings of the server are answered within a time: the client's event loop is not blocked, and it reads what it is sent.
 * That is its loop lag as seen from outside. It needs a scenario in which the exchange pings (the action `probe`).
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamLives } from "./lib/stream-lives.ts";

export interface AnswersPingsOptions {
  within: number;
  endpoint?: string;
}

interface Ping {
  ping: JournalEvent<"connection.pinged">;
  /** Incident ms until it, or a later one, was answered; Infinity where none was. */
  afterMs: number;
  /** How long there was to answer: the connection's end, or the client's. */
  chanceMs: number;
}

export function answersPings({ within, endpoint = "exchange-public" }: AnswersPingsOptions): Check {
  return {
    name: "answers-pings",
    asks: `answers the server's pings within ${formatDuration(within)}`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const pings = pingsOf(journal, endpoint).filter(({ afterMs, chanceMs }) => afterMs !== Infinity || chanceMs >= within); // prettier-ignore
      const never = pings.find(({ afterMs }) => afterMs === Infinity);
      const worst = never ?? pings.toSorted((a, b) => b.afterMs - a.afterMs)[0];
      if (worst === undefined) {
        const message = `How late ${setting.client} answers could not be judged: the exchange sent it no ping on ${endpoint} that it had time to answer.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { ping, afterMs, chanceMs } = worst;
      const measured = afterMs === Infinity ? null : Math.round(afterMs);
      const proof = [evidence(ping, `${ping.connection} was pinged`)];
      if (afterMs <= within) {
        const message = `${setting.client} answered ${count(pings.length, "ping")}, the slowest after ${formatDuration(afterMs)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const waitedMs = measured ?? chanceMs;
      const seen = measured === null ? `it had not ${formatDuration(chanceMs)} later` : `it took ${formatDuration(measured)}`; // prettier-ignore
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to answer a ping within ${formatDuration(within)}; ${ping.connection} was pinged at ${setting.date(ping.at)}, and ${seen}. See journal line ${ping.seq}.`,
        evidence: proof,
        excuse: { fromAt: ping.at, toAt: ping.at + waitedMs, latenessMs: waitedMs - within },
      };
    },
  };
}

function pingsOf(journal: JournalView, endpoint: string): Ping[] {
  const endMs = clientEndMs(journal);
  const closedAt = new Map(streamLives(journal, endpoint).map(({ connection, closed }) => [connection, closed?.at]));
  const pongs = Map.groupBy(journal.all("connection.pong"), ({ connection }) => connection);
  return journal
    .all("connection.pinged")
    .filter((ping) => ping.endpoint === endpoint && ping.at <= endMs)
    .map((ping) => {
      const pong = pongs.get(ping.connection)?.find(({ nth, at }) => nth >= ping.nth && at <= endMs);
      const untilMs = Math.min(closedAt.get(ping.connection) ?? Infinity, endMs);
      return { ping, afterMs: (pong?.at ?? Infinity) - ping.at, chanceMs: untilMs - ping.at };
    });
}

/**
 * What a client was subscribed to on a stream that it lost is subscribed again within a time, on the same path, whatever
 * connection carries it then. A client that comes back without its topics is connected to nothing. Judged from the
 * server's side: a topic counts when its subscription was carried out. It is measured from the last time that the topic's
 * stream was lost, because how soon it is dialled again and again is another check's business. It judges streams that no
 * fault took as well, so it asks their lives and not `runner/recovery.ts`.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";
import { closeText, heldAgainAt, streamLives, wantedOf, wasLost, type Closed } from "./lib/stream-lives.ts";

export interface ResubscribesOptions {
  within: number;
  endpoint?: string;
}

interface Loss {
  closed: Closed;
  /** Per topic, incident ms until it was carried again; null where it never was. */
  topics: { topic: string; afterMs: number | null }[];
  /** The slowest topic; Infinity where one never came back. */
  worstMs: number;
  chanceMs: number;
}

export function resubscribes({ within, endpoint = "exchange-public" }: ResubscribesOptions): Check {
  return {
    name: "resubscribes",
    asks: `has every topic of a lost stream again within ${formatDuration(within)}`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const losses = lossesOf(journal, endpoint);
      const crash = crashFrom(journal, 0);
      const judged = losses.filter(
        ({ worstMs, chanceMs }) => worstMs !== Infinity || chanceMs >= within || crash !== undefined,
      );
      const worst = judged.toSorted((a, b) => b.worstMs - a.worstMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} gets its topics back could not be judged: it lost no stream of ${endpoint} that carried any, or was stopped right after.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { closed, topics, worstMs } = worst;
      const measured = worstMs === Infinity ? null : Math.round(worstMs);
      const proof = [evidence(closed, closeText(closed))];
      if (worstMs <= within) {
        const message = `${setting.client} had all topics again after each of ${count(losses.length, "loss", "losses")}, at the latest ${formatDuration(worstMs)} after ${closeText(closed)} at ${setting.date(closed.at)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const late = topics.filter(({ afterMs }) => (afterMs ?? Infinity) > within);
      const names = late.slice(0, 3).map(({ topic }) => topic);
      const what = `${count(late.length, "topic")} (${names.join(", ")}${late.length > 3 ? " …" : ""})`;
      const ended = crash === undefined ? "" : `; it ${exitText(crash, setting)}`;
      const seen =
        measured === null
          ? `${what} never came back in the ${formatDuration(worst.chanceMs)} that it ran on${ended}`
          : `${what} took up to ${formatDuration(measured)}`;
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to have its topics again within ${formatDuration(within)} after ${closeText(closed)} at ${setting.date(closed.at)}; ${seen}. See journal line ${closed.seq}.`,
        evidence: proof,
        ...(measured === null
          ? {}
          : { excuse: { fromAt: closed.at, toAt: closed.at + measured, latenessMs: measured - within } }),
      };
    },
  };
}

function lossesOf(journal: JournalView, endpoint: string): Loss[] {
  const endMs = clientEndMs(journal);
  const lives = streamLives(journal, endpoint);
  return lives.filter(wasLost).flatMap((life) => {
    const { closed } = life;
    const others = lives.filter((other) => other !== life && other.path === life.path);
    const topics = wantedOf(life).map((topic) => {
      const heldAt = heldAgainAt(others, topic, closed.at);
      return { topic, afterMs: heldAt === undefined ? null : heldAt - closed.at };
    });
    if (closed.at > endMs || topics.length === 0) return [];
    const worstMs = Math.max(...topics.map(({ afterMs }) => afterMs ?? Infinity));
    return [{ closed, topics, worstMs, chanceMs: endMs - closed.at }];
  });
}

/**
 * After a fault killed the client's runner, the topics that it had are subscribed again, by whatever connection. The time
 * counts from the last death of each fault: one that is killed as soon as it is there has no chance to.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { killings, livesOf, type Killing } from "./lib/runners.ts";

interface Return {
  killing: Killing;
  lastDeathAt: number;
  /** The topics it had. */
  topics: readonly string[];
  /** Those that did not come back. */
  missing: readonly string[];
  /** When the last one was back; Infinity where one is missing. */
  backAt: number;
}

export function runnerResubscribes({ child, within }: { child: string; within: number }): Check {
  return {
    name: "runner-resubscribes",
    asks: `has its topics again within ${formatDuration(within)} of the death of ${child}`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const returns = killings(journal, livesOf(journal, child))
        .map((killing) => returnAfter(journal, killing))
        .filter(({ topics }) => topics.length > 0);
      const worst = returns.toSorted((a, b) => b.backAt - b.lastDeathAt - (a.backAt - a.lastDeathAt))[0];
      const victim = worst?.killing.victims.at(-1);
      if (worst === undefined || victim?.died === undefined) {
        const message = `No ${child} of ${client} was killed while it had topics, so there was nothing to subscribe again.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const { lastDeathAt, topics, missing, backAt } = worst;
      const tookMs = backAt - lastDeathAt;
      const wanted = `${count(topics.length, "topic")} (${topics.slice(0, 3).join(", ")}${topics.length > 3 ? ", …" : ""})`;
      const { pid, died } = victim;
      const when = `the death of process ${pid} at ${setting.date(lastDeathAt)}`;
      const proof = [evidence(died, `process ${pid} died`)];
      if (tookMs <= within) {
        const message = `${client} had its ${wanted} again ${formatDuration(tookMs)} after ${when}.`;
        return { ...shape, verdict: "pass", measured: Math.round(tookMs), message, evidence: proof };
      }
      const chanceMs = clientEndMs(journal) - lastDeathAt;
      const expected = `Expected ${client} to subscribe its ${wanted} again within ${formatDuration(within)} of ${when}`;
      if (missing.length > 0) {
        const verdict = chanceMs < within ? "unknown" : "fail";
        const message = `${expected}; ${missing.length} of them did not come back in the ${formatDuration(chanceMs)} that it ran on. See journal line ${died.seq}.`;
        return { ...shape, verdict, measured: null, message, evidence: proof };
      }
      const message = `${expected}; it took ${formatDuration(tookMs)}. See journal line ${died.seq}.`;
      const excuse = { fromAt: lastDeathAt, toAt: backAt, latenessMs: tookMs - within };
      return { ...shape, verdict: "fail", measured: Math.round(tookMs), message, evidence: proof, excuse };
    },
  };
}

function returnAfter(journal: JournalView, killing: Killing): Return {
  const { victims, fault } = killing;
  const lastDeathAt = victims.at(-1)?.endedAt ?? 0;
  const subscribed = journal.all("connection.subscribed").filter(({ endpoint }) => endpoint === "exchange-public");
  const closedAt = (connection: string): number =>
    journal.first("connection.closed", (event) => event.connection === connection)?.at ?? Infinity;
  const had = subscribed.filter(({ at, connection }) => at <= fault.armedAt && closedAt(connection) >= fault.armedAt);
  const topics = [...new Set(had.flatMap((event) => event.topics))];
  const opened = new Set(
    journal
      .all("connection.opened")
      .filter(({ at }) => at >= fault.armedAt)
      .map(({ connection }) => connection),
  );
  const after = subscribed.filter(({ at, connection }) => at >= lastDeathAt && opened.has(connection));
  const backAt = topics.map((topic) => after.find((event) => event.topics.includes(topic))?.at ?? Infinity);
  return {
    killing,
    lastDeathAt,
    topics,
    missing: topics.filter((_, n) => backAt[n] === Infinity),
    backAt: Math.max(...backAt),
  };
}

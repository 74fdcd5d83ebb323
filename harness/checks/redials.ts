/**
 * Every stream that the client loses is dialled again within a time, whatever ended it: any close code, a reset, the end
 * of the TCP connection, or the client itself that gave it up. Each dial answers one loss, so three losses need three;
 * which one is told by the topics that are taken up. Judged from the server's side. That they all come back is another
 * check.
 */

import { formatDuration, millis } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check, type Judgement, type Setting } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";
import { closeText, streamLives, wantedOf, wasLost, type Closed, type StreamLife } from "./lib/stream-lives.ts";

export interface RedialsOptions {
  within: number;
  endpoint?: string;
}

interface Loss {
  closed: Closed;
  /** Incident ms until a dial of its own; null where none came. */
  redialMs: number | null;
  /** How long there was to dial. */
  chanceMs: number;
}

/** The server may hear of the end a little after the client, who may have dialled by then. */
const soonerWallMs = millis(10);

export function redials({ within, endpoint = "exchange-public" }: RedialsOptions): Check {
  return {
    name: "redials",
    asks: `dials again within ${formatDuration(within)} of losing a stream`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const losses = lossesOf(journal, endpoint, soonerWallMs * setting.compression);
      const judged = losses.filter(
        ({ redialMs, chanceMs }) => redialMs !== null || chanceMs >= within || ended(journal),
      );
      const worst = judged.toSorted((a, b) => (b.redialMs ?? Infinity) - (a.redialMs ?? Infinity))[0];
      if (worst === undefined) {
        const message =
          losses.length === 0
            ? `${setting.client} lost no stream of ${endpoint}, so there was nothing to dial again.`
            : `Whether ${setting.client} dials again could not be judged: it was stopped too soon after losing a stream.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { closed, redialMs } = worst;
      const proof = [evidence(closed, closeText(closed))];
      if (redialMs !== null && redialMs <= within) {
        const message = `${setting.client} dialled again after each of ${losses.length} losses, at the latest ${formatDuration(redialMs)} after ${closeText(closed)} at ${setting.date(closed.at)}.`;
        return { ...shape, verdict: "pass", measured: Math.round(redialMs), message, evidence: proof };
      }
      return { ...shape, ...blame(journal, setting, within, worst), evidence: proof };
    },
  };
}

const ended = (journal: JournalView): boolean => crashFrom(journal, 0) !== undefined;

function lossesOf(journal: JournalView, endpoint: string, soonerMs: number): Loss[] {
  const endMs = clientEndMs(journal);
  const lives = streamLives(journal, endpoint);
  const dials = journal.all("connection.dialled").filter((event) => event.endpoint === endpoint && event.at <= endMs);
  const taken = new Set<string>();
  return lives.filter(wasLost).flatMap((life) => {
    const { closed, connection } = life;
    const answered = journal.first("connection.close-answered", (event) => event.connection === connection);
    const lostAt = answered?.at ?? closed.at;
    if (lostAt > endMs) return [];
    const dial = dials.find(({ at, connection: dialled }) => {
      const successor = lives.find((one) => one.connection === dialled);
      return at >= lostAt - soonerMs && dialled !== connection && !taken.has(dialled) && follows(successor, life);
    });
    if (dial !== undefined) taken.add(dial.connection);
    const redialMs = dial === undefined ? null : Math.max(dial.at - lostAt, 0);
    return [{ closed, redialMs, chanceMs: endMs - lostAt }];
  });
}

/** Whether a dial can be meant for a lost stream: it takes up its topics, or none that would tell. */
function follows(dialled: StreamLife | undefined, lost: StreamLife): boolean {
  if (dialled === undefined || dialled.topics.length === 0 || lost.topics.length === 0) return true;
  const wanted = wantedOf(lost);
  return dialled.path === lost.path && dialled.topics.some(({ topic }) => wanted.includes(topic));
}

function blame(
  journal: JournalView,
  setting: Setting,
  within: number,
  { closed, redialMs, chanceMs }: Loss,
): Pick<Judgement, "verdict" | "measured" | "message" | "excuse"> {
  const crash = crashFrom(journal, 0);
  const late = `it took ${redialMs === null ? "" : formatDuration(redialMs)}`;
  const never =
    crash === undefined
      ? `no dial came in the ${formatDuration(chanceMs)} that it ran on`
      : `it ${exitText(crash, setting)}`;
  const excuse =
    redialMs === null ? undefined : { fromAt: closed.at, toAt: closed.at + redialMs, latenessMs: redialMs - within };
  return {
    verdict: "fail",
    measured: redialMs === null ? null : Math.round(redialMs),
    message: `Expected ${setting.client} to dial again within ${formatDuration(within)} after ${closeText(closed)} at ${setting.date(closed.at)}; ${redialMs === null ? never : late}. See journal line ${closed.seq}.`,
    ...(excuse === undefined ? {} : { excuse }),
  };
}

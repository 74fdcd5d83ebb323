/**
 * Every stream that the client loses is dialled again within a time, whatever ended it: any close code, a reset, the end
 * of the TCP connection, or the client itself that gave it up. Each dial answers one loss, so three losses need three;
 * which one is told by the topics that are taken up. Judged from the server's side. That they all come back is another
 * check. It judges streams that no fault took as well, so it asks their lives and not `runner/recovery.ts`.
 */

import { count, formatDuration, millis, seconds } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check, type Judgement, type Setting } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";
import { carriesOn, closeText, streamLives, wasLost, type Closed } from "./lib/stream-lives.ts";

export interface RedialsOptions {
  within: number;
  /** For a stream that was lost again before it had been stable for half a minute: backoff may grow so far. */
  atMost?: number;
  endpoint?: string;
}

interface Loss {
  closed: Closed;
  /** Incident ms until a dial of its own; null where none came. */
  redialMs: number | null;
  /** How long there was to dial. */
  chanceMs: number;
  allowedMs: number;
}

const defaultAtMostMs = seconds(60);
const stableMs = seconds(30);
/** The server may hear of the end a little after the client, who may have dialled by then. */
const soonerWallMs = millis(10);

export function redials(options: RedialsOptions): Check {
  const { within, atMost = defaultAtMostMs, endpoint = "exchange-public" } = options;
  return {
    name: "redials",
    asks: `dials again within ${formatDuration(within)} of losing a stream`,
    judge(journal, setting) {
      const soonerMs = soonerWallMs * setting.compression;
      const losses = lossesOf(journal, { endpoint, soonerMs, within, atMost });
      const judged = losses.filter(
        ({ redialMs, chanceMs, allowedMs }) => redialMs !== null || chanceMs >= allowedMs || ended(journal),
      );
      const worst = judged.toSorted((a, b) => overMs(b) - overMs(a))[0];
      if (worst === undefined) {
        const message =
          losses.length === 0
            ? `${setting.client} lost no stream of ${endpoint}, so there was nothing to dial again.`
            : `Whether ${setting.client} dials again could not be judged: it was stopped too soon after losing a stream.`;
        return { target: within, unit: "ms", verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { closed, redialMs, allowedMs } = worst;
      const shape = { target: allowedMs, unit: "ms", evidence: [evidence(closed, closeText(closed))] };
      if (redialMs !== null && redialMs <= allowedMs) {
        const message = `${setting.client} dialled again after ${count(losses.length, "loss", "losses")}: ${formatDuration(redialMs)} after ${closeText(closed)} at ${setting.date(closed.at)}, which came nearest to its limit.`;
        return { ...shape, verdict: "pass", measured: Math.round(redialMs), message };
      }
      return { ...shape, ...blame(journal, setting, worst) };
    },
  };
}

/** How far over its limit: the worst is told. */
const overMs = ({ redialMs, allowedMs }: Loss): number => (redialMs ?? Infinity) - allowedMs;

const ended = (journal: JournalView): boolean => crashFrom(journal, 0) !== undefined;

interface Limits {
  endpoint: string;
  soonerMs: number;
  within: number;
  atMost: number;
}

function lossesOf(journal: JournalView, { endpoint, soonerMs, within, atMost }: Limits): Loss[] {
  const endMs = clientEndMs(journal);
  const lives = streamLives(journal, endpoint);
  const dials = journal.all("connection.dialled").filter((event) => event.endpoint === endpoint && event.at <= endMs);
  const taken = new Set<string>();
  return lives.filter(wasLost).flatMap((life) => {
    const { closed, connection } = life;
    const answered = journal.first("connection.close-answered", (event) => event.connection === connection);
    const lostAt = answered?.at ?? closed.at;
    // On a stream that was given up before anything was asked for, nothing was lost.
    if (lostAt > endMs || life.topics.length === 0) return [];
    const dial = dials.find(({ at, connection: dialled }) => {
      if (dialled === connection || taken.has(dialled)) return false;
      const successor = lives.find((one) => one.connection === dialled);
      if (successor === undefined || successor.topics.length === 0) return at >= lostAt - soonerMs;
      // It may have been there before the loss: that is the best of reconnects.
      return at > life.opened.at && carriesOn(successor, life);
    });
    if (dial !== undefined) taken.add(dial.connection);
    const redialMs = dial === undefined ? null : Math.max(dial.at - lostAt, 0);
    // A successor that did not last is a loss in a row.
    const inARow = taken.has(connection) && lostAt - life.opened.at < stableMs;
    return [{ closed, redialMs, chanceMs: endMs - lostAt, allowedMs: inARow ? atMost : within }];
  });
}

function blame(
  journal: JournalView,
  setting: Setting,
  { closed, redialMs, chanceMs, allowedMs }: Loss,
): Pick<Judgement, "verdict" | "measured" | "message" | "excuse"> {
  const crash = crashFrom(journal, 0);
  const late = `it took ${redialMs === null ? "" : formatDuration(redialMs)}`;
  const never =
    crash === undefined
      ? `no dial came in the ${formatDuration(chanceMs)} that it ran on`
      : `it ${exitText(crash, setting)}`;
  const excuse =
    redialMs === null ? undefined : { fromAt: closed.at, toAt: closed.at + redialMs, latenessMs: redialMs - allowedMs };
  return {
    verdict: "fail",
    measured: redialMs === null ? null : Math.round(redialMs),
    message: `Expected ${setting.client} to dial again within ${formatDuration(allowedMs)} after ${closeText(closed)} at ${setting.date(closed.at)}; ${redialMs === null ? never : late}. See journal line ${closed.seq}.`,
    ...(excuse === undefined ? {} : { excuse }),
  };
}

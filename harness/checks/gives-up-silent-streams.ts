/**
 * A stream that is up and answers, but brings no data, is given up within a time; a new one is given the chance to bring
 * some. Judged from the server's side: how long each stream stayed while every topic was silent, and whether one was torn
 * down within its first moments.
 */

import { count, formatDuration, seconds } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamHits } from "./lib/stream-hits.ts";
import { streamLives, type StreamLife } from "./lib/stream-lives.ts";

export interface GivesUpSilentStreamsOptions {
  within: number;
  /** A stream that is younger is not torn down. */
  notBefore: number;
  endpoint?: string;
}

interface Silence {
  life: StreamLife;
  fromMs: number;
  /** How long it was left to be silent. */
  lastedMs: number;
  /** The client ended it, and did not just live as long as the silence did. */
  givenUp: boolean;
}

export function givesUpSilentStreams(options: GivesUpSilentStreamsOptions): Check {
  const { within, notBefore, endpoint = "exchange-public" } = options;
  return {
    name: "gives-up-silent-streams",
    asks: `gives up a stream without data within ${formatDuration(within)}, none in its first ${formatDuration(notBefore)}`,
    judge(journal, setting) {
      const hits = streamHits(journal, endpoint).filter(({ action }) => action === "silence");
      const fromMs = Math.min(...hits.map(({ at }) => at));
      const untilMs = Math.min(Math.max(...hits.map(({ healedAt }) => healedAt)), clientEndMs(journal));
      const silences = streamLives(journal, endpoint).flatMap((life) => silenceOf(life, fromMs, untilMs));
      const shape = { target: within, unit: "ms" };

      // One that was never used was given up as a dial, before the client saw it open.
      const hasty = silences.find(
        ({ life, givenUp }) =>
          life.topics.length > 0 && givenUp && (life.closed?.at ?? Infinity) - life.opened.at < notBefore,
      );
      if (hasty !== undefined) {
        const { opened, closed, connection } = hasty.life;
        const livedMs = Math.round((closed?.at ?? 0) - opened.at);
        return {
          ...{ verdict: "fail", measured: livedMs, target: notBefore, unit: "ms" },
          message: `Expected ${setting.client} to leave a new stream at least ${formatDuration(notBefore)} to bring data; it tore ${connection} down ${formatDuration(livedMs)} after it opened, at ${setting.date(closed?.at ?? 0)}. See journal line ${closed?.seq ?? 0}.`,
          evidence: [evidence(opened, `${connection} opened`)],
          excuse: { fromAt: opened.at, toAt: opened.at + livedMs, latenessMs: seconds(5) },
        };
      }

      const judged = silences.filter(({ givenUp, lastedMs }) => givenUp || lastedMs > within);
      const worst = judged.toSorted((a, b) => b.lastedMs - a.lastedMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} gives up silent streams could not be judged: none was silent for ${formatDuration(within)}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { life, lastedMs, givenUp } = worst;
      const measured = Math.round(lastedMs);
      const proof = [evidence(life.closed ?? life.opened, `${life.connection} ${givenUp ? "given up" : "kept"}`)];
      if (givenUp && lastedMs <= within) {
        const message = `${setting.client} gave up ${count(judged.length, "silent stream")}, the last one after ${formatDuration(lastedMs)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen = givenUp ? `gave it up after ${formatDuration(lastedMs)}` : `kept it for ${formatDuration(lastedMs)}`;
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to give up a stream that brings no data within ${formatDuration(within)}; ${life.connection} was silent from ${setting.date(worst.fromMs)} on, and it ${seen}. See journal line ${proof[0]?.seq ?? 0}.`,
        evidence: proof,
        ...(givenUp
          ? { excuse: { fromAt: worst.fromMs, toAt: worst.fromMs + lastedMs, latenessMs: lastedMs - within } }
          : {}),
      };
    },
  };
}

/** A stream's part of the silent time, which runs until it is closed or the silence is over. */
function silenceOf(life: StreamLife, fromMs: number, untilMs: number): Silence[] {
  const start = Math.max(fromMs, life.opened.at);
  const closedAt = life.closed?.at ?? Infinity;
  if (start >= untilMs || closedAt <= fromMs) return [];
  const givenUp = closedAt <= untilMs && life.closed?.by !== "server";
  return [{ life, fromMs: start, lastedMs: Math.min(closedAt, untilMs) - start, givenUp }];
}

/**
 * A message that cannot be read, or is far larger than usual, costs that message and not the connection: the stream that
 * brought it is still up a while later. Judged from the server's side.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";
import { closeText, streamLives } from "./lib/stream-lives.ts";
import { topicHits } from "./lib/topic-hits.ts";

export interface KeepsStreamsOptions {
  /** How long a stream has to outlive what it brought. */
  lasting: number;
  endpoint?: string;
}

export function keepsStreams({ lasting, endpoint = "exchange-public" }: KeepsStreamsOptions): Check {
  return {
    name: "keeps-streams",
    asks: `keeps a stream for ${formatDuration(lasting)} and more after a message that is no use`,
    judge(journal, setting) {
      const shape = { target: 0, unit: "streams" };
      const endMs = clientEndMs(journal);
      const lives = new Map(streamLives(journal, endpoint).map((life) => [life.connection, life]));
      const seen = topicHits(journal, endpoint).map((hit) => ({ ...hit, closed: lives.get(hit.connection)?.closed }));
      const crash = crashFrom(journal, 0);
      // What ends with the client's own death is its doing; what ends with its stop is not.
      const toldMs = crash === undefined ? endMs : Infinity;
      const lost = seen.filter(({ at, closed }) => closed !== undefined && closed.at <= toldMs && closed.at - at < lasting); // prettier-ignore
      const judged = seen.filter((one) => lost.includes(one) || endMs - one.at >= lasting);
      const [first] = lost;
      if (first?.closed !== undefined) {
        const ended = crash === undefined ? "" : ` The client ${exitText(crash, setting)}.`;
        return {
          ...shape,
          verdict: "fail",
          measured: new Set(lost.map(({ connection }) => connection)).size,
          message: `Expected ${setting.client} to keep ${first.connection} after ${first.topic} met ${first.did} at ${setting.date(first.at)}; ${formatDuration(first.closed.at - first.at)} later ${closeText(first.closed)}.${ended} See journal line ${first.closed.seq}.`,
          evidence: [evidence(first.hit, `${first.topic} met ${first.did}`), evidence(first.closed, "it was over")],
        };
      }
      if (judged.length === 0) {
        const message = `Whether ${setting.client} keeps its streams could not be judged: no message of its was spoilt, or it was stopped right after.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const message = `${setting.client} kept its streams after each of ${count(judged.length, "message")}: ${judged.map(({ did }) => did).join(", ")}.`;
      return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
    },
  };
}

/** The private stream: takes what the engine has to report and sends it to every connection that asked for it. */

import type { Random } from "../../../core/random.ts";
import type { JournalSink } from "../../../core/journal/event.ts";
import { Ids } from "../../engine/ids.ts";
import type { Push } from "../../engine/outbox.ts";
import { Frame } from "../frame.ts";
import { startStreamListener, type StreamListener, type StreamListenerOptions } from "../listener.ts";
import { PrivateSession, type PrivateContext } from "./session.ts";
import { messageOf, topicsOf } from "./topics.ts";

export interface PrivateStreamOptions extends PrivateContext {
  journal: JournalSink;
  random: Random;
  port?: number;
  admits?: StreamListenerOptions["admits"];
  latencyMs?: number | undefined;
}

export async function startPrivateStream(options: PrivateStreamOptions): Promise<StreamListener> {
  const { clock, journal, random, engine } = options;
  const sessions = new Set<PrivateSession>();
  const ids = new Ids(random.fork("message-ids"));
  let pushed = 0;

  const idOf = ({ kind, symbol }: Push): string => {
    pushed += 1;
    return kind === "order" || kind === "execution" ? `${engine.account.uid}_${symbol}_${pushed}` : ids.uuid();
  };
  const stop = engine.account.outbox.onPush((push) => {
    const id = idOf(push);
    for (const topic of topicsOf(push)) {
      const wanting = [...sessions].filter((session) => session.wants(topic));
      const text = wanting.length === 0 ? undefined : messageOf(topic, push, id);
      if (text === undefined) continue;
      const frame = new Frame(text);
      for (const session of wanting) session.publish(topic, frame);
    }
  });

  const listener = await startStreamListener({
    endpoint: "exchange-private",
    ...{ clock, journal, random: random.fork("connections"), idSuffix: "p" },
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.admits === undefined ? {} : { admits: options.admits }),
    latencyMs: options.latencyMs,
    sessionFor: (path) =>
      path === "/v5/private"
        ? (socket) => {
            const session: PrivateSession = new PrivateSession(socket, options, () => sessions.delete(session));
            sessions.add(session);
            return session;
          }
        : undefined,
  });
  return {
    ...listener,
    close() {
      stop();
      return listener.close();
    },
  };
}

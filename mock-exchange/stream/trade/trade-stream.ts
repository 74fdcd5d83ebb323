/** The trade stream: order entry over a WebSocket, with the same operations and the same rate limits as by REST. */

import type { Random } from "../../../core/random.ts";
import type { JournalSink } from "../../../core/journal/event.ts";
import { loadFolder } from "../../../core/load-folder.ts";
import { seconds } from "../../../core/units.ts";
import { Ids } from "../../engine/ids.ts";
import { RollingWindow } from "../../limits/rolling-window.ts";
import type { Operation } from "../../order-entry/operation.ts";
import { startStreamListener, type StreamListener, type StreamListenerOptions } from "../listener.ts";
import { TradeSession, type TradeContext } from "./session.ts";

export interface TradeStreamOptions extends Pick<TradeContext, "clock" | "keys" | "engine" | "limits"> {
  journal: JournalSink;
  random: Random;
  port?: number;
  admits?: StreamListenerOptions["admits"];
  latencyMs?: number | undefined;
}

/** Loaded with this module, before any incident clock runs. */
const loaded = await loadFolder<Operation>(new URL("../../order-entry/operations/", import.meta.url));

export async function startTradeStream(options: TradeStreamOptions): Promise<StreamListener> {
  const { clock, journal, random } = options;
  const streamed = loaded.map(({ value }) => value).filter((operation) => operation.streamed);
  const context: TradeContext = {
    ...options,
    operations: new Map(streamed.map((operation) => [operation.op, operation])),
    ids: new Ids(random.fork("trace-ids")),
    requests: new RollingWindow(seconds(1)),
  };
  return startStreamListener({
    endpoint: "exchange-trade",
    ...{ clock, journal, random: random.fork("connections"), idSuffix: "2t" },
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.admits === undefined ? {} : { admits: options.admits }),
    latencyMs: options.latencyMs,
    sessionFor: (path) => (path === "/v5/trade" ? (socket) => new TradeSession(socket, context) : undefined),
  });
}

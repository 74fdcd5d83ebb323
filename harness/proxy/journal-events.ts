/**
 * What the embedded engine sees on the wire, in the journal of the run whose proxies it concerns. The engine runs
 * in another thread, so a line arrives a moment after what it reports: `seenAtMs` is the moment
 * itself. A Toxiproxy reports nothing, and of what nobody saw nothing is written.
 */

import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { wallClock, type Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { FedEvent } from "../../toxiproxy/event-feed.ts";
import type { ConnectionEnd } from "../../toxiproxy/closing.ts";
import type { Engine } from "./engine.ts";

interface Seen {
  /** `<endpoint>/<n>`: the n-th client of the endpoint's proxy. */
  connection: string;
  endpoint: string;
  /** The incident time at which the engine saw it. */
  seenAtMs: number;
}

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** A client's connection was accepted by the proxy; `clientPort` is the client's own. */
    "proxy.connection-opened": Seen & { clientPort: number };
    /** The mock behind it has accepted: `localPort` is the port that the mock sees it come from. */
    "proxy.upstream-connected": Seen & { localPort: number };
    /**
     * It is gone: who ended it first and how, and what the client was sent. `toClient: "rst"` is the proof of a TCP
     * reset; it is absent where the client itself had reset it.
     */
    "proxy.connection-closed": Seen & ConnectionEnd;
    /** The first time a toxic changed anything on a connection, after so many bytes in that direction. */
    "proxy.toxic-hit": Seen & { toxic: string; stream: "upstream" | "downstream"; byteOffset: number };
  }
}

export interface JournalEventsOptions {
  engine: Engine;
  /** What the names of this run's proxies begin with; the rest is the endpoint. */
  prefix: string;
  clock: Clock;
  journal: JournalSink;
}

/** Closing it waits for the ends of connections that are gone by now, for at most so long. */
const stragglersMs = 1_000;

/** @returns Once it hears everything: the means to stop. Call it when the proxies are removed. */
export async function journalEvents(options: JournalEventsOptions): Promise<{ close(): Promise<void> }> {
  const { engine, prefix } = options;
  if (!engine.extended) return { close: () => Promise.resolve() };
  const request = get(`${engine.url}/events?proxies=${encodeURIComponent(prefix)}`, { agent: false });
  const [reply] = (await once(request, "response")) as [IncomingMessage];
  const lines = createInterface({ input: reply });
  await once(lines, "line");

  const open = new Set<string>();
  let allClosed: () => void = () => undefined;
  lines.on("line", (line) => {
    const event = JSON.parse(line) as FedEvent;
    write(event, options);
    if (event.type === "connection-accepted") open.add(event.connection);
    else if (event.type === "connection-closed" && open.delete(event.connection) && open.size === 0) allClosed();
  });
  // The engine is gone, and with it every proxy and connection: nobody is left to report anything.
  reply.on("error", () => undefined);
  return {
    async close() {
      if (open.size > 0 && !reply.destroyed) {
        const patience = wallClock.after(stragglersMs, () => allClosed());
        await new Promise<void>((resolve) => {
          allClosed = resolve;
          reply.once("close", resolve);
        });
        patience.cancel();
      }
      request.destroy();
      lines.close();
    },
  };
}

function write(event: FedEvent, { prefix, clock, journal }: JournalEventsOptions): void {
  if (!("connection" in event)) return;
  const connection = event.connection.slice(prefix.length);
  const endpoint = event.proxy.slice(prefix.length);
  const seen: Seen = { endpoint, connection, seenAtMs: incidentMs(event.monotonicMs, clock) };
  if (event.type === "connection-accepted") {
    journal.write("proxy.connection-opened", { ...seen, clientPort: event.clientPort });
  } else if (event.type === "upstream-connected") {
    journal.write("proxy.upstream-connected", { ...seen, localPort: event.localPort });
  } else if (event.type === "toxic-hit") {
    const { toxic, stream, byteOffset } = event;
    journal.write("proxy.toxic-hit", { ...seen, toxic, stream, byteOffset });
  } else if (event.type === "connection-closed") {
    const { by, how, toxic, toClient, bytesUp, bytesDown } = event;
    const who = { by, how, ...(toxic === undefined ? {} : { toxic }), ...(toClient === undefined ? {} : { toClient }) };
    journal.write("proxy.connection-closed", { ...seen, ...who, bytesUp, bytesDown });
  }
}

/** What was seen while the clock was held was seen at 0. */
function incidentMs(monotonicMs: number, clock: Clock): number {
  const sinceStartMs = (monotonicMs - Number(clock.monotonicStartNs) / 1e6) * clock.compression;
  return Math.round(Math.min(Math.max(sinceStartMs, 0), clock.elapsed()) * 1_000) / 1_000;
}

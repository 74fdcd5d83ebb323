/**
 * What the embedded engine saw on the wire, reported as it happens. This is the evidence that a fault landed: which
 * connection, at which byte, closed by whom and how. `event-feed.ts` stamps the time and hands it out over the API.
 */

import type { ConnectionEnd } from "./closing.ts";
import type { Attributes, Stream } from "./toxic.ts";

export interface ToxicFacts {
  proxy: string;
  toxic: string;
  toxicType: string;
  stream: Stream;
  toxicity: number;
  attributes: Attributes;
}

/** A connection's id is `<proxy>/<n>`, counted from 1 for each proxy. */
export type EmbeddedEvent =
  | { type: "proxy-enabled"; proxy: string; listen: string; upstream: string }
  | { type: "proxy-disabled"; proxy: string; listen: string; upstream: string }
  /** A port that a toxic had closed could not be opened again: the proxy is there, and nobody reaches it. */
  | { type: "port-lost"; proxy: string; listen: string; error: string }
  | {
      type: "connection-accepted";
      proxy: string;
      connection: string;
      /** The client's own port: what joins this event with what the client or the kernel logged. */
      clientPort: number;
      listenPort: number;
    }
  /** The upstream answered: `upstreamPort` is its port, `localPort` the one it sees the connection come from. */
  | { type: "upstream-connected"; proxy: string; connection: string; localPort: number; upstreamPort: number }
  | { type: "upstream-dial-failed"; proxy: string; connection: string; upstream: string; error: string }
  | ({ type: "connection-closed"; proxy: string; connection: string } & ConnectionEnd)
  | ({ type: "toxic-added" } & ToxicFacts)
  | ({ type: "toxic-updated" } & ToxicFacts)
  | ({ type: "toxic-removed" } & ToxicFacts)
  /** Its time to live is over; it is removed next. */
  | { type: "toxic-expired"; proxy: string; toxic: string; ttlMs: number }
  /** The first time a toxic changed anything on a connection; `byteOffset` counts the bytes that entered it before. */
  | { type: "toxic-hit"; proxy: string; toxic: string; connection: string; stream: Stream; byteOffset: number };

export type EventListener = (event: EmbeddedEvent) => void;

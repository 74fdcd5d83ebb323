/**
 * What every mock writes of its connections, in the same words, so that recovery is computed once for every endpoint.
 * What travels over a connection is the mock's own (see its `events.ts`).
 */

declare module "./event.ts" {
  interface EventMap {
    /**
     * A client's connection was accepted and, for a stream, upgraded. `peerPort` is the port of its other end, which is
     * a proxy's: by it the proxy's own events of the same connection are found. A stream that reports the dial reports
     * it there.
     */
    "connection.opened": { endpoint: string; connection: string; peerPort?: number };
    /** The client proved who it is. */
    "connection.authenticated": { endpoint: string; connection: string };
    /** The client's proof was refused. */
    "connection.auth-refused": { endpoint: string; connection: string; reason: string };
    /** The client asked for topics and got them. */
    "connection.subscribed": { endpoint: string; connection: string; topics: string[] };
    /** The first fresh data went out on this connection. */
    "connection.fed": { endpoint: string; connection: string; what: string };
    /**
     * The connection is gone. `by` is who ended it: the client, the server, or the network in between (no close frame
     * and nobody's decision). `code` is the WebSocket close code: 1006 where there was no close frame, 0
     * where there is none because it is plain HTTP. `how` is how it ended on the wire, where the mock knows.
     */
    "connection.closed": {
      endpoint: string;
      connection: string;
      by: "client" | "server" | "network";
      code: number;
      reason: string;
      how?: "close-frame" | "fin" | "reset";
    };
  }
}

export {};

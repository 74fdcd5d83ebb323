/** What the streams write to the journal, besides their connections. Data frames are counted, never stored. */

/** What a request on the trade stream says of an order; empty where it does not. */
export interface StreamedOrder {
  orderLinkId: string;
  symbol: string;
  side: string;
}

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** A client's TCP connection was accepted. What becomes of it: `connection.opened` or `connection.dial-ended`. */
    "connection.dialled": { endpoint: string; connection: string; peerPort?: number };
    /** A client asked for the upgrade to a WebSocket. */
    "connection.upgrade-requested": { endpoint: string; connection: string; path: string };
    /** The upgrade was refused with this HTTP status. */
    "connection.upgrade-refused": { endpoint: string; connection: string; path: string; status: number };
    /**
     * A dialled connection is gone before it was a WebSocket. `by` is `server` where the mock ended it, else whoever is
     * at the other end: a client that gave up looks like that after `afterMs`.
     */
    "connection.dial-ended": { endpoint: string; connection: string; by: "server" | "peer"; afterMs: number };
    /** The client answered our close frame. */
    "connection.close-answered": { endpoint: string; connection: string; code: number; afterMs: number };
    /** The server sent a WebSocket-protocol ping; the pong with the same number answers it. */
    "connection.pinged": { endpoint: string; connection: string; nth: number };
    "connection.pong": { endpoint: string; connection: string; nth: number; afterMs: number };
    /**
     * A control frame of a client and what it was answered. `text` is empty where all is well. `answered` is false where
     * a fault keeps the answer back. `op` is `ping-frame` for a ping of the WebSocket protocol.
     */
    "exchange.stream-request": {
      endpoint: string;
      connection: string;
      op: string;
      topics: string[];
      success: boolean;
      text: string;
      answered: boolean;
      /** Of a request on the trade stream: the orders that it names, as far as it names them. */
      orders?: readonly StreamedOrder[];
    };
    /** An answer that a fault kept back went out after all. */
    "exchange.stream-answered": { endpoint: string; connection: string; op: string; afterMs: number };
    /** The first data frame of a topic went out on this connection. */
    "exchange.topic-fed": { endpoint: string; connection: string; topic: string };
    /** How many data frames went out on all connections of an endpoint since `fromAt`, incident ms; written twice a minute. */
    "exchange.stream-sent": { endpoint: string; fromAt: number; frames: number };
    /** How many data frames a connection was sent, by topic: written when it closes. */
    "exchange.stream-delivered": { endpoint: string; connection: string; frames: Record<string, number> };
    /** A subscriber read too slowly and was cut. */
    "exchange.stream-cut": { endpoint: string; connection: string; why: "slow" | "idle"; bufferedBytes: number };
    /** A fault was armed; `rule.hit` and `rule.ended` name it by `rule`. */
    "exchange.stream-fault": {
      endpoint: string;
      rule: string;
      match: Record<string, unknown>;
      action: Record<string, unknown>;
    };
    /** What a hit had set going on a connection (a stall, a silence) was healed. */
    "exchange.stream-healed": { endpoint: string; rule: string; connection: string; subject: string };
  }
}

/** How a connection through the proxy ends. */

/** Who ended a connection: one of the two peers, a toxic, or the proxy when it is disabled or removed. */
export type ClosedBy = "client" | "upstream" | "toxic" | "proxy";
export type ClosedHow = "fin" | "rst";

/** Who ended a connection first, and how; `toxic` is its name where it was one. */
export interface CloseCause {
  by: ClosedBy;
  how: ClosedHow;
  toxic?: string;
}

/** How a connection ended: reported once for every client that was accepted, whatever became of it. */
export interface ConnectionEnd extends CloseCause {
  /** What the client was sent; absent where it had gone by itself. */
  toClient?: ClosedHow;
  /** Bytes written towards the upstream and towards the client, after all toxics. */
  bytesUp: number;
  bytesDown: number;
}

/**
 * The one place every REST reply passes after its request has done its work. A protocol fault delays, drops, alters or
 * cuts a reply here, so an order can have been executed and its reply be lost; the faults themselves are not here.
 */

export interface RestOutgoing {
  endpoint: "exchange-rest";
  connection: string;
  method: string;
  path: string;
}

export interface RestReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface RestGate {
  /** While true nothing is decided: replies go straight on, which is the fast path. */
  readonly open: boolean;
  /** Calls `deliver` with what is to go out instead, now or later; not at all drops it. */
  pass(outgoing: RestOutgoing, reply: RestReply, deliver: (reply: RestReply) => void): void;
}

export const openRestGate: RestGate = { open: true, pass: (_outgoing, reply, deliver) => deliver(reply) };

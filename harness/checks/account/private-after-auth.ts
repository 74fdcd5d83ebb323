/**
 * Nothing but auth and pings is sent on a private stream before the exchange has accepted its auth. Where it does so at once the
 * two cannot be distinguished, so it takes an ack that was late, refused or withheld.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Stream } from "../../evidence/streams.ts";
import { never } from "../../verdicts/never.ts";

const notPrivate = ["auth", "ping", "ping-frame", "pong"];

export const privateAfterAuth = never<object>("private-after-auth", {
  asks: "sends nothing private before the exchange's ack of its auth",
  unit: "frames",
  todo: "send nothing private before the ack of its auth",
  unjudged: "each auth was acknowledged at once, or there was none",
  violations: (evidence) =>
    lateAcks(evidence).flatMap(({ requests, authAck }) =>
      requests
        .filter(({ op, seq }) => !notPrivate.includes(op) && seq < (authAck?.seq ?? Infinity))
        .map((event) => {
          const { connection, op, topics, at } = event;
          return { event, what: `sent ${op} of ${topics.join(", ")} on ${connection}`, at };
        }),
    ),
  looked(evidence) {
    const { length } = lateAcks(evidence);
    return length === 0 ? undefined : `on ${count(length, "connection")} where that took time or never came`;
  },
});

/** The ack did not come with the request. */
const lateAcks = (evidence: Evidence): Stream[] =>
  evidence.streams("exchange-private").filter(({ requests, authAck }) => {
    const proofs = requests.filter(({ op }) => op === "auth");
    return proofs.length > 0 && !proofs.some(({ seq }) => seq === authAck?.seq);
  });

/**
 * The recovery spans, computed once from the journal: how long the client took from losing an endpoint to each step of
 * being back. It looks at the longest blackout of the run, of whatever endpoint a fault hit.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import type { Recovery } from "./result.ts";

export const noRecovery: Recovery = {
  detectMs: null,
  reconnectMs: null,
  authenticateMs: null,
  resubscribeMs: null,
  firstDataMs: null,
  blackoutMs: null,
};

/** Of all losses that a fault caused, the one that took the longest to get over; null spans where none was seen. */
export function recoveryOf(journal: JournalView): Recovery {
  const spans = journal.all("fault.landed").flatMap(({ fault, at }) => {
    const armed = journal.first("fault.armed", (event) => event.fault === fault);
    const loss = journal.first("connection.closed", (event) => event.endpoint === armed?.endpoint && lost(event), at);
    return loss === undefined ? [] : [spansAfter(journal, loss)];
  });
  return spans.toSorted((a, b) => (b.blackoutMs ?? Infinity) - (a.blackoutMs ?? Infinity))[0] ?? noRecovery;
}

/** The client did not want this connection to end. */
export const lost = (event: JournalEvent<"connection.closed">): boolean => event.by !== "client";

function spansAfter(journal: JournalView, loss: JournalEvent<"connection.closed">): Recovery {
  const { endpoint, at } = loss;
  const opened = journal.first("connection.opened", (event) => event.endpoint === endpoint, at);
  // The first connection may be lost as well while the fault lasts: fed is what counts as back.
  const fed = journal.first("connection.fed", (event) => event.endpoint === endpoint, at);
  const onConnection = fed?.connection ?? opened?.connection;
  const dialled = journal.first("connection.opened", (event) => event.connection === onConnection, at);
  const authenticated = journal.first("connection.authenticated", (event) => event.connection === onConnection, at);
  const subscribed = journal.first("connection.subscribed", (event) => event.connection === onConnection, at);
  const detected = journal.first("client.telemetry", (event) => saysDown(event, endpoint), at);
  return {
    detectMs: span(loss, detected),
    reconnectMs: span(loss, opened),
    authenticateMs: span(dialled, authenticated),
    resubscribeMs: span(authenticated, subscribed),
    firstDataMs: span(subscribed ?? authenticated, fed),
    blackoutMs: span(loss, fed),
  };
}

/** Telemetry `{"firedrill":"state","endpoint":…,"state":"DISCONNECTED"}`. */
const saysDown = ({ event, data }: JournalEvent<"client.telemetry">, endpoint: string): boolean =>
  event === "state" && data.endpoint === endpoint && data.state === "DISCONNECTED";

function span(from: JournalEvent | undefined, to: JournalEvent | undefined): number | null {
  return from === undefined || to === undefined ? null : Math.round(to.at - from.at);
}

/**
 * What a mock's event shows of bytes that went through the proxy in front of it. A Toxiproxy reports nothing of what its
 * toxics did; that a toxic was in the way, and that bytes of the client's went that way, is all that can be seen there.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Direction } from "../../proxy/toxic-spec.ts";
import type { Endpoint } from "../../testbed/testbed.ts";

/** @returns What passed, in words, if the event shows that it did so at `sinceMs` or later. */
export function passed(endpoint: Endpoint, direction: Direction, sinceMs: number) {
  return (event: JournalEvent): string | undefined => {
    if (endpointOf(event) !== endpoint) return undefined;
    const atMs = "receivedAt" in event ? event.receivedAt : event.at;
    if (atMs < sinceMs) return undefined;
    return direction === "upstream" ? arrived(event) : sent(event);
  };
}

function endpointOf(event: JournalEvent): string | undefined {
  if (event.type === "exchange.request") return "exchange-rest";
  if (event.type === "webhook.request") return "webhook";
  if (event.type === "signal.request" || event.type === "signal.sent") return "signal";
  return "endpoint" in event ? event.endpoint : undefined;
}

/** The client's bytes came to the mock. */
function arrived(event: JournalEvent): string | undefined {
  switch (event.type) {
    case "exchange.request":
      return `${event.connection}: ${event.method} ${event.path} arrived`;
    case "webhook.request":
      return `${event.connection}: ${event.method} webhook arrived`;
    case "exchange.stream-request":
      return `${event.connection}: ${event.op} arrived`;
    case "signal.request":
      return `${event.connection}: ${event.request} arrived`;
    case "connection.upgrade-requested":
    case "connection.authenticated":
    case "connection.pong":
      return `${event.connection}: bytes of the client arrived`;
    default:
      return undefined;
  }
}

/** The mock sent bytes to the client. */
function sent(event: JournalEvent): string | undefined {
  switch (event.type) {
    case "exchange.request":
      return event.status === null ? undefined : `${event.connection}: ${event.method} ${event.path} was answered`;
    case "webhook.request":
      return event.status === null ? undefined : `${event.connection}: ${event.method} webhook was answered`;
    case "exchange.stream-request":
      return event.answered ? `${event.connection}: ${event.op} was answered` : undefined;
    case "signal.sent":
      return `${event.connection} was sent ${event.signals} signals`;
    case "connection.fed":
      return `${event.connection} was sent its first ${event.what}`;
    case "connection.pinged":
      return `${event.connection} was sent a ping`;
    default:
      return undefined;
  }
}

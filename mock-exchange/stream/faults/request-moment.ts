/** A client's request as a fault sees it. */

import type { StreamSession } from "../session.ts";
import type { StreamSocket } from "../socket.ts";
import type { RequestMoment } from "./action.ts";

/** The op of a ping frame of the WebSocket protocol, which is no text. */
export const pingFrame = "ping-frame";

export function readRequest(socket: StreamSocket, session: StreamSession, text: string): RequestMoment {
  const { op, topics } = text === pingFrame ? { op: pingFrame, topics: [] } : parsed(text);
  return { socket, session, text, op, topics, carryOut: () => socket.withoutAnswer(() => session.receive(text)) };
}

function parsed(text: string): { op: string; topics: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const { op, args } = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  // Whatever is no subscription has arguments that are not topics: keys, signatures, orders.
  const named = op === "subscribe" || op === "unsubscribe";
  const topics = named && Array.isArray(args) ? args.filter((arg) => typeof arg === "string") : [];
  return { op: typeof op === "string" ? op : "", topics };
}

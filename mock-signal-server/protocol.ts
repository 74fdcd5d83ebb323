/**
 * The frames of the signal feed (report B): JSON text, `type` says what. Unknown and malformed frames get an `error`
 * frame and the connection stays open.
 */

import { z } from "zod";
import type { Signal } from "./signal.ts";

const clientFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("auth"), token: z.string() }),
  z.object({ type: z.literal("get_signals") }),
  z.object({ type: z.literal("get_stats") }),
  z.object({ type: z.literal("ping") }),
]);

export type ClientFrame = z.infer<typeof clientFrame>;
/** What an authenticated client may ask for. */
export type RequestType = Exclude<ClientFrame["type"], "auth">;

export type ServerFrame =
  | { type: "auth_success" }
  | { type: "auth_failed"; reason: string }
  | { type: "signals"; data: Signal[] }
  | { type: "stats"; data: { signals: number; connections: number; lastWave: string | null } }
  | { type: "pong" }
  | { type: "error"; reason: string };

/** The close code that follows `auth_failed`. */
export const authFailedCode = 4001;

/** The frame, or the reason why it is none. */
export function parseClientFrame(text: string): ClientFrame | { reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: "not JSON" };
  }
  const parsed = clientFrame.safeParse(json);
  return parsed.success ? parsed.data : { reason: "unknown type: allowed are auth, get_signals, get_stats, ping" };
}

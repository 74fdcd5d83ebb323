/** Hand-written alerts for tests of checks; see `journal.ts`. */

import type { EventMap } from "../../core/journal/event.ts";
import { at, line, type Line } from "./journal.ts";

/** An attempt that ended at that time; given up by the client after so long, unless the test says otherwise. */
export function attempt(
  time: string,
  { tookMs = 0, ...facts }: Partial<EventMap["webhook.request"]> & { tookMs?: number } = {},
): Line {
  return line(time, "webhook.request", {
    ...{ connection: "webhook-1", method: "POST", receivedAt: at(time) - tookMs, outcome: "abandoned", status: null },
    ...{ message: null, text: "REST fails", bytes: 100, earlyMs: 0, retryAfterMs: null, said: "" },
    ...facts,
  });
}

export const taken = (time: string, text = "REST fails"): Line =>
  line(time, "webhook.accepted", { connection: "webhook-1", message: "1", text, fields: 0, characters: text.length });

/** A fault of the webhook that landed as soon as it was armed. */
export const webhookFault = (from: string, to: string): Line[] => {
  const named = { fault: "fault-1", name: "server.webhook", does: "hang" };
  return [
    line(from, "fault.armed", { ...named, endpoint: "webhook", awaits: "a message to webhook" }),
    line(from, "fault.landed", { ...named, proof: 0, evidence: "webhook-1: POST webhook met hang" }),
    line(to, "fault.healed", { ...named, by: "scenario" }),
  ];
};

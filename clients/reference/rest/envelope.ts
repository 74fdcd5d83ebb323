/** From a reply to Bybit's envelope, or to the error that says what it was instead. */

import { BadReply, Banned, Refused } from "./errors.ts";
import type { HttpReply } from "./session.ts";

export interface Envelope {
  retCode: number;
  retMsg: string;
  result: Readonly<Record<string, unknown>>;
  /** The exchange's date, epoch ms. */
  time?: number;
}

/** @throws Banned, BadReply or Refused for anything but a whole envelope with retCode 0. */
export function envelopeOf(what: string, { status, headers, body }: HttpReply): Envelope {
  if (status === 403) throw new Banned(what);
  const envelope = String(headers["content-type"]).includes("json") ? parse(body) : undefined;
  if (status !== 200 || envelope === undefined) throw new BadReply(what, status, body);
  if (envelope.retCode !== 0) throw new Refused(envelope.retCode, envelope.retMsg, envelope.time);
  return envelope;
}

function parse(body: string): Envelope | undefined {
  try {
    const json = JSON.parse(body) as Envelope | null;
    return Number.isInteger(json?.retCode) && typeof json?.result === "object" ? json : undefined;
  } catch {
    return undefined;
  }
}

/** The result inside an envelope, for actions that leave the envelope as it is and change what it holds. */

import type { RestReply } from "../reply.ts";

type Json = Record<string, unknown>;

const envelopeOf = (reply: RestReply): (Json & { result?: unknown }) | undefined =>
  reply.body.startsWith('{"retCode":0,') ? (JSON.parse(reply.body) as Json) : undefined;

/** The result of a success; undefined where there is none. */
export function resultOf(reply: RestReply): Json | undefined {
  const result = envelopeOf(reply)?.result;
  return typeof result === "object" && result !== null ? (result as Json) : undefined;
}

/** The reply with other members in its result. */
export function withResult(reply: RestReply, change: Json): RestReply {
  return { ...reply, body: JSON.stringify({ ...envelopeOf(reply), result: { ...resultOf(reply), ...change } }) };
}

/** The entries of a list that the result holds under `name`. */
export function entriesOf(reply: RestReply, name: string): unknown[] {
  const list = resultOf(reply)?.[name];
  return Array.isArray(list) ? list : [];
}

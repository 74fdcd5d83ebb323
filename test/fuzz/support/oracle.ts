/** Whether an answer is the one that a case has to get. Says what is wrong, or nothing. */

import type { FrameCase, LoneCase, RestCase, StreamCase, Text } from "./case.ts";
import type { HttpReply } from "./http-wire.ts";
import type { Seen } from "./ws-wire.ts";

const fits = (seen: unknown, want: Text): boolean =>
  typeof want === "string" ? seen === want : typeof seen === "string" && want.test(seen);

const shown = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 400);

export function judgeRest({ want }: RestCase, reply: HttpReply | undefined): string | undefined {
  if (reply === undefined) return "got no reply";
  if (reply.status !== want.status)
    return `got status ${reply.status} with ${shown(reply.body)}, wanted ${want.status}`;
  if (want.retCode === undefined) return undefined;
  const json = parsed(reply.body);
  if (json === undefined) return `got a body that is no JSON object: ${shown(reply.body)}`;
  const keys = ["retCode", "retMsg", "result", "retExtInfo", "time"];
  if (keys.some((key) => !(key in json))) return `got an envelope without all of ${keys.join()}: ${shown(reply.body)}`;
  if (json.retCode !== want.retCode) return `got ${shown(reply.body)}, wanted retCode ${want.retCode}`;
  if (want.items !== undefined) {
    const { list = [] } = json.retExtInfo as { list?: { code: number; msg: string }[] };
    const { items } = want;
    const good =
      list.length === items.length &&
      items.every(([code, text], i) => list[i]?.code === code && fits(list[i].msg, text));
    if (!good) return `got ${shown(list)}, wanted ${items.map(String).join("; ")}`;
  }
  if (want.retMsg === undefined || fits(json.retMsg, want.retMsg)) return undefined;
  return `got retMsg ${shown(json.retMsg)}, wanted ${String(want.retMsg).slice(0, 400)}`;
}

export function judgeLone(
  { want }: LoneCase,
  { replies, rest }: { replies: HttpReply[]; rest: string },
): string | undefined {
  // The reply to a HEAD says the length of a body that does not follow.
  const headOnly = /^HTTP\/1\.1 (\d{3})[^]*\r\n\r\n$/.exec(rest)?.[1];
  const half = headOnly === undefined ? `half a reply ${shown(rest)}` : Number(headOnly);
  const first = replies[0]?.status ?? (rest === "" ? "closed" : half);
  if (replies.length > 1) return `got ${replies.length} replies: ${replies.map(({ status }) => status).join()}`;
  return (want as readonly unknown[]).includes(first) ? undefined : `got ${first}, wanted ${want.join(" or ")}`;
}

/** The answer has exactly these keys in this order; `undefined` is any value. */
export function judgeStream({ want }: StreamCase, text: string | undefined): string | undefined {
  if (text === undefined) return "got no answer";
  const json = parsed(text);
  if (json === undefined) return `got what is no JSON object: ${shown(text)}`;
  const keys = Object.keys(want);
  if (Object.keys(json).join() !== keys.join()) return `got ${shown(text)}, wanted the keys ${keys.join()}`;
  const wrong = keys.find((key) => {
    const value = want[key];
    if (value === undefined) return false;
    if (value instanceof RegExp) return !fits(json[key], value);
    return JSON.stringify(json[key]) !== JSON.stringify(value);
  });
  return wrong === undefined
    ? undefined
    : `got ${shown(text)}, wanted ${wrong} to be ${String(want[wrong]).slice(0, 400)}`;
}

export function judgeFrames({ want }: FrameCase, { code, status, texts }: Seen): string | undefined {
  if (status !== 101) return `got no upgrade but ${status}`;
  if (texts.length > 0) return `got an answer ${shown(texts[0])}, wanted a close`;
  return want.includes(code) ? undefined : `got closed with ${code}, wanted ${want.join(" or ")}`;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * One attempt to bring a message to the webhook, and what became of it. Whatever it is, it is known within the timeout, from
 * the dial to the end of the answer. Connections are its own, so none of the exchange's waits for it.
 */

import { messageOf } from "../message-of.ts";
import type { AlertMessage } from "./payload.ts";

export type Outcome =
  | { is: "delivered" }
  /** It must not be sent before this is over, ms. */
  | { is: "limited"; waitMs: number }
  /** Refused for what it holds: sent again it would be refused again. */
  | { is: "refused"; why: string }
  /** The webhook is not there any more, or not ours: nothing will ever be taken. */
  | { is: "gone"; why: string };

/** Nothing is known of what became of it, or the servers behind it failed. */
export class NotDelivered extends Error {
  readonly timedOut: boolean;

  constructor(why: string, timedOut: boolean) {
    super(why);
    this.timedOut = timedOut;
  }
}

export interface Webhook {
  /** @throws NotDelivered */
  send(message: AlertMessage): Promise<Outcome>;
}

export class DiscordWebhook implements Webhook {
  readonly #url: string;
  readonly #timeoutMs: number;

  constructor(url: string, timeoutMs = 10_000) {
    this.#url = url;
    this.#timeoutMs = timeoutMs;
  }

  async send(message: AlertMessage): Promise<Outcome> {
    let reply: Response;
    let text: string;
    try {
      reply = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      text = await reply.text();
    } catch (error) {
      const timedOut = error instanceof Error && error.name === "TimeoutError";
      throw new NotDelivered(timedOut ? `no answer in ${this.#timeoutMs / 1_000} s` : reasonOf(error), timedOut);
    }
    if (reply.ok) return { is: "delivered" };
    if (reply.status === 429) return { is: "limited", waitMs: waitOf(reply.headers, text) };
    if ([401, 403, 404].includes(reply.status))
      return { is: "gone", why: `HTTP ${reply.status}: ${text.slice(0, 100)}` };
    if (reply.status < 500) return { is: "refused", why: `HTTP ${reply.status}: ${text.slice(0, 200)}` };
    throw new NotDelivered(`HTTP ${reply.status}`, false);
  }
}

/** What `fetch` failed of is in its cause. */
const reasonOf = (error: unknown): string => messageOf(error instanceof Error ? (error.cause ?? error) : error);

const waitWithoutWordMs = 5_000;

/** The body has a fraction of a second, the header whole ones. */
function waitOf(headers: Headers, text: string): number {
  const inHeader = Number(headers.get("retry-after") ?? NaN);
  let inBody = NaN;
  try {
    inBody = Number((JSON.parse(text) as { retry_after?: unknown }).retry_after);
  } catch {
    // The servers in front of Discord send a page.
  }
  const wait = Number.isFinite(inBody) ? inBody : inHeader;
  return Number.isFinite(wait) ? wait * 1_000 : waitWithoutWordMs;
}

/** What the webhook sink writes to the journal, besides its connections. */

declare module "../core/journal/event.ts" {
  interface EventMap {
    /** A message was taken: it is in the channel now, whatever becomes of the reply. */
    "webhook.accepted": { connection: string; message: string; text: string; fields: number; characters: number };
    /**
     * A request has ended. `receivedAt` is when its head had come; `outcome` is who ended it: the sink by an answer, a
     * reset or a close, or the client, which gave it up. `message` is the one that was taken, `text` what it asked for.
     * `earlyMs`: so much sooner it came than a 429 had allowed. `said`: the error of the reply, in Discord's words.
     */
    "webhook.request": {
      connection: string;
      method: string;
      receivedAt: number;
      outcome: "answered" | "abandoned" | "reset" | "closed" | "unanswered";
      status: number | null;
      message: string | null;
      text: string;
      bytes: number;
      earlyMs: number;
      retryAfterMs: number | null;
      said: string;
    };
  }
}

export {};

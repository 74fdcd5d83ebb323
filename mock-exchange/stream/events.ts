/** What the streams write to the journal, besides their connections. Data frames are counted, never stored. */

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** A control frame of a client and what it was answered. `text` is empty where all is well. */
    "exchange.stream-request": {
      endpoint: string;
      connection: string;
      op: string;
      topics: string[];
      success: boolean;
      text: string;
    };
    /** How many data frames a connection was sent, by topic: written when it closes. */
    "exchange.stream-delivered": { endpoint: string; connection: string; frames: Record<string, number> };
    /** A subscriber read too slowly and was cut. */
    "exchange.stream-cut": { endpoint: string; connection: string; why: "slow" | "idle"; bufferedBytes: number };
  }
}

export {};

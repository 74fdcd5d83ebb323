/** What the mock exchange writes to the journal, besides its connections. */

declare module "../core/journal/event.ts" {
  interface EventMap {
    /**
     * One REST request, written when it ended, so `at` is when its last byte had gone out or its connection was gone.
     * Every request that arrived gets one, whatever became of it.
     */
    "exchange.request": {
      connection: string;
      method: string;
      path: string;
      /** What a signature covers: the query of a GET without its `?`, the body of a POST. */
      payload: string;
      /** When its head arrived, on the same scale as `at`. */
      receivedAt: number;
      /** Whether its work was done; a page from the gateway or a fault may have come instead. */
      executed: boolean;
      /**
       * `answered`: all of the reply was handed to the network. `abandoned`: the other side closed first. `reset`,
       * `closed`: the mock did, with RST or FIN. `unanswered`: it still waited when the mock was stopped.
       */
      outcome: "answered" | "abandoned" | "reset" | "closed" | "unanswered";
      /** Null where no byte of a reply went out. */
      status: number | null;
      /** Null where no whole envelope went out. */
      retCode: number | null;
      retMsg: string;
      /** How far its timestamp was ahead of the exchange's date, ms; null where it was not signed. */
      signedAheadMs: number | null;
      /** When calls are allowed again by its reply, on the same scale as `at`; null where it names none. */
      resetAt: number | null;
      /** A success that holds nothing: an empty list, or a book with neither side. */
      empty: boolean;
    };
    /** An order was accepted. */
    "exchange.order": {
      orderId: string;
      orderLinkId: string;
      category: string;
      symbol: string;
      side: "Buy" | "Sell";
      orderType: string;
      qty: string;
    };
  }
}

export {};

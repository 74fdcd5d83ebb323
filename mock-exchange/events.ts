/** What the mock exchange writes to the journal, besides its connections. */

declare module "../core/journal/event.ts" {
  interface EventMap {
    /** One REST request with its reply. `retCode` is null where the reply carried no envelope. */
    "exchange.request": {
      connection: string;
      method: string;
      path: string;
      status: number;
      retCode: number | null;
      retMsg: string;
      /** How far its timestamp was ahead of the exchange's date, ms; null where it was not signed. */
      signedAheadMs: number | null;
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

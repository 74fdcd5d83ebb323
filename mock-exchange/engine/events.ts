/** What the engine writes to the journal. An order's acceptance is `exchange.order`, in `../events.ts`. */

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** An order traded, or a position paid funding. */
    "exchange.execution": {
      execId: string;
      orderId: string;
      orderLinkId: string;
      category: string;
      symbol: string;
      side: "Buy" | "Sell";
      execType: "Trade" | "BustTrade" | "Funding";
      price: string;
      qty: string;
      fee: string;
      isMaker: boolean;
    };
    /** An order ended without being filled to the end. */
    "exchange.cancel": {
      orderId: string;
      orderLinkId: string;
      category: string;
      symbol: string;
      status: string;
      cancelType: string;
      rejectReason: string;
    };
    /** An order was changed by its owner; the values are the new ones. */
    "exchange.amend": {
      orderId: string;
      orderLinkId: string;
      category: string;
      symbol: string;
      price: string;
      qty: string;
      triggerPrice: string;
    };
    /** A conditional order's price was reached. */
    "exchange.trigger": { orderId: string; orderLinkId: string; category: string; symbol: string; price: string };
    /** A contract stopped trading, or trades again. */
    "exchange.halt": { category: string; symbol: string; state: "halted" | "trading" };
    /** The prices of a contract go in other steps from now on. */
    "exchange.tick-size": { category: string; symbol: string; tickSize: string };
    /** Every open order of a contract was voided. */
    "exchange.market-reset": { category: string; symbol: string; cancelled: number };
    /** All private connections that armed it were down for the window: open orders were cancelled. */
    "exchange.dcp": { product: string; windowMs: number; cancelled: number };
  }
}

export {};

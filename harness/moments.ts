/** Moments that scenarios wait for, in words a trader would use. */

import { minutes } from "../core/units.ts";
import type { JournalEvent } from "../core/journal/event.ts";
import type { Moment } from "./incident/scenario.ts";

/** The client is connected, authenticated, and has been sent the server's buffer of signals. */
export const initialBatch: Moment = {
  what: "it had the initial batch of signals",
  watch: () => (event) => event.type === "signal.sent" && event.what === "initial-batch",
};

/** The client has had market data of each of its symbols over REST. */
export const everySymbolPolled: Moment = {
  what: "it had polled market data of every symbol",
  watch(past) {
    const missing = new Set(past.first("run.started")?.symbols);
    const look = (event: JournalEvent): boolean => {
      if (event.type !== "exchange.request" || !event.path.startsWith("/v5/market/") || event.retCode !== 0)
        return false;
      return missing.delete(new URLSearchParams(event.payload).get("symbol") ?? "") && missing.size === 0;
    };
    past.events.forEach(look);
    return (event) => look(event) || missing.size === 0;
  },
};

/** The exchange accepts a signature of the client, from now on: it is up, and has its clock right. */
export const signedRequest: Moment = {
  what: "a signed request of it was accepted",
  watch: () => (event) => event.type === "exchange.request" && event.signedAheadMs !== null && event.retCode === 0,
};

/** The exchange refuses a timestamp of the client, from now on. */
export const timestampRefused: Moment = {
  what: "a timestamp of it was refused",
  watch: () => (event) => event.type === "exchange.request" && event.retCode === outsideWindow,
};
const outsideWindow = 10002;

/** Every signal of the next wave that is due, from now on, and is for this client has an order. */
export const nextWaveTraded: Moment = {
  what: "it had traded the next wave",
  watch(past, nowMs) {
    const timestamp = new Date(nextWaveDue(nowMs)).toISOString();
    const pending = new Set<string>();
    let ordered = false;
    const look = (event: JournalEvent): boolean => {
      if (event.type === "signal.appeared" && event.signal.timestamp === timestamp) {
        if (event.signal.exchange === "bybit") pending.add(`${event.signal.side} ${event.signal.symbol}`);
      } else if (event.type === "exchange.order") {
        ordered = pending.delete(`${event.side} ${event.symbol}`) || ordered;
      }
      return ordered && pending.size === 0;
    };
    past.events.forEach(look);
    return look;
  },
};

/** Waves are looked for 20 min after their own time, so the next one due is the last that is younger than that. */
const nextWaveDue = (nowMs: number): number => Math.ceil((nowMs - minutes(20)) / minutes(15)) * minutes(15);

/** Trades and depth both flow to the client, on connections made from now on. */
export const tradesAndDepthFlow: Moment = {
  what: "trades and depth flowed to it again",
  watch() {
    const asked = new Map<string, Set<string>>();
    return (event) => {
      if (event.type === "connection.opened" && event.endpoint === "exchange-public")
        asked.set(event.connection, new Set());
      if (event.type !== "connection.subscribed") return false;
      const kinds = asked.get(event.connection);
      event.topics.forEach((topic) => kinds?.add(topic.split(".")[0] ?? ""));
      return kinds?.has("publicTrade") === true && kinds.has("orderbook");
    };
  },
};

/** The fault that was armed last has hit. */
export const faultLanded: Moment = {
  what: "the fault had landed",
  watch: () => (event) => event.type === "fault.landed",
};

/** The client has placed so many orders, from its start on. */
export const ordersPlaced = (orders: number): Moment => ({
  what: `it had placed ${orders} orders`,
  watch(past) {
    let left = orders - past.all("exchange.order").length;
    return (event) => event.type === "exchange.order" && --left <= 0;
  },
});

/** The client cancels an order over REST, from now on. */
export const orderCancelled: Moment = {
  what: "it had cancelled an order",
  watch: () => (event) =>
    event.type === "exchange.request" && event.path.startsWith("/v5/order/cancel") && event.retCode === 0,
};

/** The exchange has cancelled the client's open orders because it was gone. */
export const ordersCancelledByDcp: Moment = {
  what: "the exchange had cancelled its orders by DCP",
  watch: () => (event) => event.type === "exchange.dcp" && event.cancelled > 0,
};

/** The client is subscribed on a private stream, on a connection made from now on. */
export const privateSubscribed: Moment = {
  what: "it was subscribed on the private stream",
  watch() {
    const fresh = new Set<string>();
    return (event) => {
      if (event.type === "connection.opened" && event.endpoint === "exchange-private") fresh.add(event.connection);
      return event.type === "connection.subscribed" && fresh.has(event.connection);
    };
  },
};

/** It trades of itself: a symbol has had two orders since the trial began. */
export const tradesOfItself: Moment = {
  what: "it had traded a symbol twice",
  watch(past) {
    const sinceMs = past.last("trial.started")?.at ?? 0;
    const traded = new Set<string>();
    const look = (event: JournalEvent): boolean => {
      if (event.type !== "exchange.order" || event.at < sinceMs) return false;
      const isSecond = traded.has(event.symbol);
      traded.add(event.symbol);
      return isSecond;
    };
    const before = past.events.some(look);
    return (event) => before || look(event);
  },
};

/** Every symbol that it had traded since the trial began has had another order. */
export const everySymbolTradedAgain: Moment = {
  what: "it had traded every symbol again",
  watch(past) {
    const sinceMs = past.last("trial.started")?.at ?? 0;
    const missing = new Set(past.all("exchange.order").flatMap(({ at, symbol }) => (at < sinceMs ? [] : [symbol])));
    return (event) => {
      if (event.type === "exchange.order") missing.delete(event.symbol);
      return missing.size === 0;
    };
  },
};

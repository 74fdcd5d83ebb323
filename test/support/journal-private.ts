/** Lines of the private stream, for tests of the checks that speak of it. See `journal.ts`. */

import { at, line, type Line } from "./journal.ts";

const endpoint = "exchange-private";

export const privateOpened = (time: string, connection: string): Line =>
  line(time, "connection.opened", { endpoint, connection });

export const privateClosed = (time: string, connection: string, by: "client" | "server" | "network" = "client"): Line =>
  line(time, "connection.closed", { endpoint, connection, by, code: 1006, reason: "" });

/** A proof and its answer: `yes`, a refusal, or none (`late` comes by `authAnswered`). */
export function auth(time: string, connection: string, answer: "yes" | "no" | "late" | "never"): Line {
  const success = answer === "yes" || answer === "late";
  const rest = { success, text: success ? "" : "Params Error", answered: answer === "yes" || answer === "no" };
  return line(time, "exchange.stream-request", { endpoint, connection, op: "auth", topics: [], ...rest });
}

export const authAnswered = (time: string, connection: string): Line =>
  line(time, "exchange.stream-answered", { endpoint, connection, op: "auth", afterMs: 0 });

/** A frame that asks for topics, whatever it is answered. */
export const asksFor = (time: string, connection: string, ...topics: string[]): Line => {
  const rest = { success: true, text: "", answered: true };
  return line(time, "exchange.stream-request", { endpoint, connection, op: "subscribe", topics, ...rest });
};

export const privateSubscribed = (time: string, connection: string): Line =>
  line(time, "connection.subscribed", { endpoint, connection, topics: ["order"] });

/** A private fault from then to then; it landed at once. */
export const gap = (from: string, to: string, proof = 0): Line[] => {
  const name = "network.down";
  return [
    line(from, "fault.armed", { fault: "f1", name, endpoint, awaits: "a connection" }),
    line(from, "fault.landed", { fault: "f1", name, proof, evidence: "it was ended" }),
    line(to, "fault.healed", { fault: "f1", name, by: "scenario" }),
  ];
};

/** A signed GET that was answered. */
export const asked = (time: string, path: string, retCode = 0): Line =>
  line(time, "exchange.request", {
    ...{ connection: "rest-1", method: "GET", path, payload: "", receivedAt: at(time), executed: true },
    ...{ outcome: "answered", status: 200, retCode, retMsg: "", signedAheadMs: 0 },
  } as never);

export const placed = (time: string, orderId: string, qty = "2"): Line =>
  line(time, "exchange.order", {
    ...{ orderId, orderLinkId: `link-${orderId}`, category: "linear", symbol: "BTCUSDT", side: "Buy" },
    ...{ orderType: "Limit", qty },
  });

export const executed = (time: string, orderId: string, qty: string, execId = `${orderId}-${time}`): Line =>
  line(time, "exchange.execution", {
    ...{ execId, orderId, orderLinkId: `link-${orderId}`, category: "linear", symbol: "BTCUSDT", side: "Buy" },
    ...{ execType: "Trade", price: "1", qty, fee: "0", isMaker: true },
  });

export const cancelled = (time: string, orderId: string): Line =>
  line(time, "exchange.cancel", {
    ...{ orderId, orderLinkId: `link-${orderId}`, category: "linear", symbol: "BTCUSDT" },
    ...{ status: "Cancelled", cancelType: "CancelByDCP", rejectReason: "EC_NoError" },
  });

export const ledger = (time: string, open: string[], executions: number, net: number): Line => {
  const held = net === 0 ? {} : { BTCUSDT: net };
  return line(time, "client.telemetry", { event: "ledger", data: { open, executions, net: held, positions: held } });
};

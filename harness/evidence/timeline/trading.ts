/** The lanes of what the client wanted done: orders with what became of them, and alerts. */

import { alertAttemptsOf } from "../alerts.ts";
import type { Evidence } from "../evidence.ts";
import { moment, span, type Unplaced } from "./marks.ts";

export function orderMarks(evidence: Evidence): Unplaced[] {
  const accepted = evidence.all("exchange.order").map((order) => {
    const { at, side, qty, symbol, orderType, orderLinkId } = order;
    const id = orderLinkId === "" ? "" : ` ${orderLinkId}`;
    return moment(at, `${orderType} ${side} ${qty} ${symbol}${id}`, "good", order);
  });
  const refused = evidence
    .orderWrites()
    .filter(({ retCode }) => retCode !== 0)
    .map(({ endedAt, side, symbol, orderLinkId, answer, event, retCode }) => {
      const named = [side, symbol, orderLinkId].filter((word) => word !== "").join(" ");
      return moment(
        endedAt,
        `${retCode === null ? "unknown to its sender" : "refused"}: ${named}: ${answer}`,
        "bad",
        event,
      );
    });
  const cancels = evidence
    .all("exchange.cancel")
    .map((event) => moment(event.at, `${event.status} ${event.symbol} ${event.cancelType}`, "plain", event));
  return [...accepted, ...refused, ...cancels];
}

export const signalMarks = (evidence: Evidence): Unplaced[] =>
  evidence
    .all("signal.sent")
    .map((event) => moment(event.at, `${event.what}: ${event.signals} signals on ${event.connection}`, "plain", event));

export const alertMarks = ({ journal }: Evidence): Unplaced[] =>
  alertAttemptsOf(journal).map((event) => {
    const { receivedAt, at, outcome, status, text } = event;
    const taken = status !== null && status < 300;
    const end = outcome === "answered" ? `HTTP ${status ?? ""}` : outcome;
    return span(receivedAt, at, `${end}: ${text.slice(0, 120)}`, taken ? "good" : "bad", event);
  });

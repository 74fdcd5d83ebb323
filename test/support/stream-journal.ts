/** Hand-written stream traffic for tests of checks; see `journal.ts`. */

import type { EventMap } from "../../core/journal/event.ts";
import { line, type Line } from "./journal.ts";

const endpoint = "exchange-public";
export const btc = ["orderbook.50.BTCUSDT", "tickers.BTCUSDT"];
export const eth = ["orderbook.50.ETHUSDT", "tickers.ETHUSDT"];

export const dialled = (time: string, connection: string): Line =>
  line(time, "connection.dialled", { endpoint, connection });

/** A dial and its upgrade, at once. */
export const connected = (time: string, connection: string, path = "/v5/public/linear"): Line[] => [
  dialled(time, connection),
  line(time, "connection.upgrade-requested", { endpoint, connection, path }),
  line(time, "connection.opened", { endpoint, connection }),
];

/** A request as the exchange saw it; carried out and answered with success unless the test says otherwise. */
export function requested(
  time: string,
  connection: string,
  topics: string[],
  more: Partial<EventMap["exchange.stream-request"]> = {},
): Line[] {
  const { op = "subscribe", text = "", answered = true } = more;
  const request = { endpoint, connection, op, topics, success: text === "", text, answered };
  const carriedOut =
    op === "subscribe" && text === "" ? [line(time, "connection.subscribed", { endpoint, connection, topics })] : [];
  return [line(time, "exchange.stream-request", request), ...carriedOut];
}

/** Connected and subscribed. */
export const streaming = (time: string, connection: string, topics: string[] = btc): Line[] => [
  ...connected(time, connection),
  ...requested(time, connection, topics),
];

export const ended = (time: string, connection: string, more: Partial<EventMap["connection.closed"]> = {}): Line =>
  line(time, "connection.closed", {
    ...{ endpoint, connection, by: "server", code: 1000, reason: "", how: "close-frame" },
    ...more,
  });

/** A dial that never became a stream: the client gave it up, or the exchange ended it. */
export const dialEnded = (time: string, connection: string, by: "server" | "peer" = "peer"): Line =>
  line(time, "connection.dial-ended", { endpoint, connection, by, afterMs: 0 });

/** A rule of the exchange's, what it met and when it was taken back; `hits` are connections, or topics on them. */
export function streamFault(
  action: string,
  on: "live" | "topic" | "request",
  { from, to, hits }: { from: string; to: string; hits: [time: string, connection: string, subject?: string][] },
): Line[] {
  const rule = `rule-${action}-${from}`;
  return [
    line(from, "exchange.stream-fault", { endpoint, rule, match: { on }, action: { do: action } }),
    ...hits.map(([time, connection, subject = "live"], nth) => {
      const words = subject.split(" ");
      const topics = on === "topic" ? words : on === "request" ? words.slice(1) : [];
      return line(time, "rule.hit", { rule, endpoint, connection, subject, topics, nth: nth + 1 });
    }),
    line(to, "rule.ended", { rule, endpoint, why: "disarmed", hits: hits.length }),
  ];
}

/** A fault of the streams that lands as it is armed. */
export const outage = (id: string, from: string, to: string): Line[] => [
  line(from, "fault.armed", { fault: id, name: "server.stream", endpoint, awaits: "a frame" }),
  line(from, "fault.landed", { fault: id, name: "server.stream", proof: 0, evidence: "it was met" }),
  line(to, "fault.healed", { fault: id, name: "server.stream", by: "scenario" }),
];

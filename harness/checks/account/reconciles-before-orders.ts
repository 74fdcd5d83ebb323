/**
 * After its private stream was gone the client asks over REST for open orders, executions and positions, once it is
 * subscribed again and before it places the next order. In between it trades on what it does not know. An order that was
 * on its way when the stream was lost is not blamed. Judged from the exchange's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { succeeded } from "../../evidence/requests.ts";
import { lineOf } from "../../incident/check.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

const endpoint = "exchange-private";
const asked = ["/v5/order/realtime", "/v5/execution/list", "/v5/position/list"];

export const reconcilesBeforeOrders = within<{ within: number }>("reconciles-before-orders", {
  asks: ({ within }) =>
    `asks for orders, executions and positions within ${formatDuration(within)} of a private reconnect, before the next order`,
  todo: "ask for open orders, executions and positions, before the next order,",
  unjudged: "no fault took its private stream",
  occasions: (evidence) =>
    evidence.faults(endpoint).flatMap((fault): Occasion[] => {
      const closed = evidence.all("connection.closed").filter((event) => event.endpoint === endpoint);
      // It may be proven by what it did to a later dial only.
      const lost = closed.find(({ at, by, seq }) => seq >= fault.fromLine && at < evidence.endMs() && by !== "client");
      if (lost === undefined) return [];
      const back = evidence
        .all("connection.subscribed")
        .find((event) => event.endpoint === endpoint && event.connection !== lost.connection && event.at >= lost.at);
      const sinceMs = back?.at ?? Infinity;
      const answers = evidence.requests().filter((request) => succeeded(request) && request.receivedAt >= sinceMs);
      const doneAt = asked.map((path) => answers.find((request) => request.path === path)?.at ?? Infinity);
      const allAt = Math.max(...doneAt);
      const proof = lineOf(lost, `${lost.connection} was lost`);
      const missing = (atMs: number): string => asked.filter((_, n) => (doneAt[n] ?? Infinity) > atMs).join(", ");
      const blindFromMs = lost.at + evidence.tolerances.newsTravelMs;
      const blind = evidence.all("exchange.order").find(({ at }) => at >= blindFromMs && at < allAt);
      if (blind !== undefined) {
        const unaware = blind.at < sinceMs;
        const lacking = unaware ? "it was subscribed again" : `it had asked for ${missing(blind.at)}`;
        const seen = `it placed order ${blind.orderLinkId} at ${evidence.date(blind.at)}, before ${lacking}`;
        // A client that this machine held up learns late that its stream is gone.
        const excuse = unaware ? { fromAt: lost.at, toAt: blind.at, latenessMs: blind.at - blindFromMs } : null;
        return [
          { event: blind, what: proof.what, at: lost.at, until: undefined, by: Infinity, seen, excuse, more: [proof] },
        ];
      }
      if (back === undefined) {
        const seen = "it was not subscribed again";
        return [{ event: lost, what: `${fault.what} was over`, at: fault.healedAt, until: undefined, seen }];
      }
      const seen = allAt === Infinity ? { seen: `it did not ask for ${missing(Number.MAX_VALUE)}` } : {};
      const until = allAt === Infinity ? undefined : allAt;
      return [{ event: back, what: `${back.connection} was subscribed`, at: back.at, until, ...seen, more: [proof] }];
    }),
});

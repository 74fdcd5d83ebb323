/**
 * After its private stream was gone the client asks over REST for open orders, executions and positions, once it is
 * subscribed again and before it places the next order. In between it trades on what it does not know. An order that was
 * on its way when the stream was lost is not blamed. Orders may be asked for one by one, each that was open when the stream
 * was lost; one alone says nothing of the others. Judged from the exchange's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { booksWithin } from "../../evidence/account.ts";
import { queryOf, succeeded, type Request } from "../../evidence/requests.ts";
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
      const openThen = booksWithin(evidence.account(), lost.at, lost.at)[0]?.open ?? [];
      const doneAt = asked.map((path) => answeredAt(answers, path, openThen));
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

/** When a path was asked for as a whole, or for each of those orders; Infinity where it never was. */
function answeredAt(answers: readonly Request[], path: string, orderIds: readonly string[]): number {
  const ofPath = answers.filter((request) => request.path === path);
  const isWhole = (request: Request): boolean =>
    ["orderId", "orderLinkId"].every((name) => (queryOf(request).get(name) ?? "") === "");
  const whole = ofPath.find(isWhole)?.at ?? Infinity;
  const each = orderIds.map((id) => ofPath.find((request) => queryOf(request).get("orderId") === id)?.at ?? Infinity);
  return Math.min(whole, each.length === 0 ? Infinity : Math.max(...each));
}

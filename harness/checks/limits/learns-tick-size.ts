/**
 * A contract's tick size can change. Who is refused for a price that does not fit it learns the new one: no order that was
 * sent after such a refusal had been answered is refused for the same. Judged from the wire; a client that fetches the
 * instruments before it trades again is never refused, and passes by the orders that it places.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { OrderWrite } from "../../evidence/orders/order-writes.ts";
import { never } from "../../verdicts/never.ts";

export const learnsTickSize = never<object>("learns-tick-size", {
  asks: "learns a new tick size from the first refusal, or before it",
  unit: "orders",
  todo: "learn the contract's new tick size",
  unjudged: "the tick of no contract that it trades with a price changed",
  violations: (evidence) =>
    refused(evidence).flatMap((again, n, all) => {
      const first = all.slice(0, n).find(({ symbol, endedAt }) => symbol === again.symbol && endedAt < again.sentAt);
      if (first === undefined) return [];
      const what = `sent another order for ${again.symbol} that was refused: ${again.answer}`;
      return [{ event: again.event, what, at: again.sentAt }];
    }),
  looked(evidence) {
    const placed = evidence
      .all("exchange.tick-size")
      .flatMap(({ symbol, at }) => evidence.all("exchange.order").filter((o) => o.symbol === symbol && o.at > at))
      .filter(({ orderType }) => orderType === "Limit");
    return placed.length === 0 ? undefined : `${count(placed.length, "order")} with the new tick were placed`;
  },
});

/** For a price that is no whole number of ticks, since the contract's tick had changed. */
const refused = (evidence: Evidence): OrderWrite[] =>
  evidence.orderWrites().filter(({ retCode, answer, symbol, sentAt }) => {
    const isForPrice = retCode === 170134 || (retCode === 10001 && answer.includes("price invalid"));
    return isForPrice && evidence.all("exchange.tick-size").some((one) => one.symbol === symbol && one.at <= sentAt);
  });

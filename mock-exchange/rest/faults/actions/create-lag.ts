/**
 * Reads lag behind: for `ms` after an order was accepted, order/realtime, order/history and execution/list do not know
 * it, by whatever it is asked for. The order stands all the same: it trades, the streams speak of it, and whoever sends
 * its `orderLinkId` again is refused as a duplicate. Lists are as they are but for the missing rows.
 */

import { z } from "zod";
import type { RestReply } from "../../reply.ts";
import { restAction } from "../action.ts";
import { entriesOf, withResult } from "../envelope-result.ts";
import type { Means } from "../request-in-hand.ts";

const parameters = z.strictObject({ ms: z.number().positive() });

declare module "../action.ts" {
  interface RestActions {
    "create-lag": z.input<typeof parameters>;
  }
}

type Row = Record<string, unknown>;

const lists = ["/v5/order/realtime", "/v5/order/history", "/v5/execution/list"];

export default restAction({
  at: "reply",
  parameters,
  applies: (reply, { ms }, { asked, ...means }) =>
    lists.includes(asked.path) && seen(reply, ms, means).length < entriesOf(reply, "list").length,
  act: (request, { ms }, reply) => request.answer(withResult(reply, { list: seen(reply, ms, request.means) })),
});

/** The rows that a reader who lags has. */
const seen = (reply: RestReply, ms: number, { account, clock }: Pick<Means, "account" | "clock">): Row[] =>
  (entriesOf(reply, "list") as Row[]).filter(
    ({ orderId }) => (account.orders.byId(String(orderId))?.createdMs ?? -Infinity) <= clock.now() - ms,
  );

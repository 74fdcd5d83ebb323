/**
 * In the middle of a wave the exchange refuses orders: too many visits (10006) for two seconds, then it is restarting
 * (10016, 10019), and one order is more than the balance allows (110007). What was refused for the moment is placed when
 * it is allowed again, what was refused for good is not, and nothing is placed twice.
 */

import { minutes } from "../../core/units.ts";
import { accountsForEverySignal } from "../../harness/checks/orders/accounts-for-every-signal.ts";
import { looksUpBeforeResend } from "../../harness/checks/orders/looks-up-before-resend.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import rest from "../../harness/faults/server/rest.ts";
import { initialBatch } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const placing = { path: "/v5/order/create*", method: "POST" } as const;
const refused = (retCode: number, retMsg: string, more: { skip?: number; resetInMs?: number } = {}) => {
  const { skip = 0, ...reset } = more;
  return rest({ match: placing, action: { do: "ret-code", retCode, retMsg, ...reset }, skip, times: 1 });
};
const tooMany = refused(10006, "Too many visits. Exceeded the API Rate Limit.", { skip: 1, resetInMs: 2_000 });
const restarting = refused(10016, "Server error.");
const closing = refused(10019, "The service is restarting, please open a new connection.");
const tooDear = refused(110007, "ab not enough for new order", { skip: 1 });

export default scenario({
  id: "order-limits",
  report: "B",
  title: "In the middle of a wave orders are refused: 10006, the exchange restarts, 110007",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T03:26:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { waves: { "2025-10-21T23:00:00.000Z": { signals: 7, foreign: 1 } } },

  async play({ client, until, at, wait, fault }) {
    await client.start();
    await until(initialBatch);
    await at("2025-10-22T03:12:00+04:00");
    await fault(tooMany, () => fault(restarting, () => fault(closing, () => fault(tooDear, () => wait(minutes(11))))));
    await wait(minutes(3));
  },

  expect: [accountsForEverySignal(), looksUpBeforeResend(), ordersOnce()],
  provenBy: { "broken/drops-rest-of-wave": "accounts-for-every-signal" },
});

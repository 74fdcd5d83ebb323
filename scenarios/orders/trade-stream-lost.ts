/**
 * The trade stream goes with orders under way: two acks are lost, a refusal comes without its id, the connection is
 * closed, and auth is refused on the next. What was not answered is unknown: it is looked up, and the commands of the old
 * session are not played to the new one.
 */

import { minutes, seconds } from "../../core/units.ts";
import { accountsForEverySignal } from "../../harness/checks/orders/accounts-for-every-signal.ts";
import { looksUpBeforeResend } from "../../harness/checks/orders/looks-up-before-resend.ts";
import { resolvesUnknownOrders } from "../../harness/checks/orders/resolves-unknown-orders.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import stream from "../../harness/faults/server/stream.ts";
import { initialBatch } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { ruleUsedUp } from "../../harness/stream-moments.ts";

const trade = { stream: "trade" } as const;
const placing = { on: "request", op: "order.create*" } as const;
const nameless = stream({
  ...{ ...trade, match: placing, times: 1 },
  action: { do: "refuse-ack", retCode: 10005, text: "Permission denied, please check your API key permissions." },
});
const unanswered = stream({ ...trade, match: placing, action: { do: "withhold-ack" }, times: 2 });
const refusedAuth = stream({
  ...{ ...trade, match: { on: "request", op: "auth" }, times: 1 },
  action: { do: "refuse-auth", retCode: 10004, text: "Invalid sign" },
});
const closed = stream({ ...trade, match: { on: "live" }, action: { do: "close", code: 1001 }, times: 1 });

export default scenario({
  id: "trade-stream-lost",
  report: "B",
  title: "The trade stream is lost with orders under way: no ack, an answer without an id, closed, auth refused",
  roles: ["signals", "trading", "trade-stream"],
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
    await fault(nameless, () =>
      fault(unanswered, async () => {
        await until(ruleUsedUp("exchange-trade"), { orAfter: minutes(11) });
        // The rest of the wave is on its way.
        await wait(seconds(1));
        await fault(refusedAuth, () => fault(closed, () => wait(minutes(1))));
        await at("2025-10-22T03:23:00+04:00");
      }),
    );
    await wait(minutes(3));
  },

  expect: [
    resolvesUnknownOrders({ within: seconds(30) }),
    looksUpBeforeResend(),
    accountsForEverySignal(),
    ordersOnce(),
  ],
  provenBy: {
    "broken/waits-for-ever": "resolves-unknown-orders",
    "broken/replays-buffer": "looks-up-before-resend",
  },
});

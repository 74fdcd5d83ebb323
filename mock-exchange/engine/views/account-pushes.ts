/** How the private streams show the account: the form that each of its news takes when it leaves the outbox. */

import type { Account } from "../account.ts";
import type { Views } from "../outbox.ts";
import { executionPush } from "./execution-view.ts";
import { orderPush } from "./order-view.ts";
import { positionPush } from "./position-view.ts";
import { walletView } from "./wallet-view.ts";

export const accountPushes = (account: Account): Views => ({
  nowMs: () => account.now(),
  order: (order) => orderPush(order, account),
  execution: (execution) => executionPush(execution, account),
  positions: (category, symbol) =>
    account.positions.rows(category, symbol).map((position) => positionPush(position, account)),
  wallet: () => walletView(account),
});

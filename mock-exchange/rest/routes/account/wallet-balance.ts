/** The unified account's coins and totals. */

import { walletView } from "../../../engine/views/wallet-view.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/account/wallet-balance",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query }, { engine: { account } }) => {
    if (query.get("accountType") !== "UNIFIED") throw paramsError("accountType only support UNIFIED");
    const coins = (query.get("coin") ?? "").split(",").filter((coin) => coin !== "");
    return { list: [walletView(account, coins.length === 0 ? undefined : coins)] };
  },
});

/** How much of each coin may leave the unified account. */

import { plain } from "../../../engine/decimal.ts";
import { transferable } from "../../../engine/margin/margin.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const mostCoins = 20;

export default route({
  method: "GET",
  path: "/v5/account/withdrawal",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query }, { engine: { account } }) => {
    const coins = (query.get("coinName") ?? "").split(",");
    if (coins.length > mostCoins || coins.some((coin) => !/^[A-Z0-9]{1,20}$/.test(coin)))
      throw paramsError("coinName invalid");
    const amounts = coins.map((coin): [string, string] => [coin, plain(transferable(account, coin))]);
    return { availableWithdrawal: amounts[0]?.[1] ?? "", availableWithdrawalMap: Object.fromEntries(amounts) };
  },
});

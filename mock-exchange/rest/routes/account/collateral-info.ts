/** What each coin is worth as collateral: all of it. Nothing can be borrowed here, so nothing is. */

import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/account/collateral-info",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query }, { engine: { account } }) => {
    const only = query.get("currency") ?? "";
    const traded = account.market.instruments("spot").flatMap(({ baseCoin, quoteCoin }) => [baseCoin, quoteCoin]);
    const coins = [...new Set([...account.wallet.coins, ...traded])].filter((coin) => only === "" || coin === only);
    return { list: coins.map(rowOf) };
  },
});

const rowOf = (currency: string): Record<string, unknown> => ({
  availableToBorrow: "0",
  freeBorrowingAmount: "",
  freeBorrowAmount: "0",
  maxBorrowingAmount: "0",
  hourlyBorrowRate: "0",
  borrowUsageRate: "0",
  collateralSwitch: true,
  borrowAmount: "0",
  borrowable: false,
  currency,
  otherBorrowAmount: "0",
  marginCollateral: true,
  freeBorrowingLimit: "0",
  collateralRatio: "1",
});

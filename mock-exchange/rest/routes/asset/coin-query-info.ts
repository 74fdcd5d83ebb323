/** The coins and the chains they travel on. Private, and asked for by one SDK before anything else. */

import { chainOf, leastWithdrawal, withdrawFee } from "../../../engine/orders/chains.ts";
import { Reply, route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/asset/coin/query-info",
  auth: "private",
  limit: { allowed: 5 },
  handle: ({ query }, { engine: { account } }) => {
    const only = query.get("coin") ?? "";
    const traded = account.market.instruments("spot").flatMap(({ baseCoin, quoteCoin }) => [baseCoin, quoteCoin]);
    const coins = [...new Set([...account.wallet.coins, ...traded])].filter((coin) => only === "" || coin === only);
    return new Reply({ rows: coins.map(rowOf) }, "success");
  },
});

const rowOf = (coin: string): Record<string, unknown> => {
  const chain = chainOf(coin);
  return {
    name: coin,
    coin,
    remainAmount: "100000000",
    chains: [
      {
        chainType: chain,
        confirmation: "6",
        withdrawFee,
        depositMin: "0.001",
        withdrawMin: leastWithdrawal,
        chain,
        chainDeposit: "1",
        chainWithdraw: "1",
        minAccuracy: "8",
        withdrawPercentageFee: "0",
        contractAddress: "",
        safeConfirmNumber: "12",
        withdrawMax: "100000000",
      },
    ],
  };
};

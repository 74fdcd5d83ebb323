/** The insurance pools. */

import { hours } from "../../../../core/units.ts";
import { route } from "../../route.ts";

const pools = [
  { coin: "USDT", symbols: "BTCUSDT,ETHUSDT", balance: "902178.57602476", value: "901898.0963091522" },
  { coin: "BTC", symbols: "BTCUSD", balance: "1.43320000", value: "124258.44" },
];

export default route({
  method: "GET",
  path: "/v5/market/insurance",
  auth: "public",
  handle: ({ query, nowMs }) => {
    const coin = query.get("coin") ?? "";
    return {
      updatedTime: String(Math.floor(nowMs / hours(24)) * hours(24)),
      list: pools.filter((pool) => coin === "" || pool.coin === coin),
    };
  },
});

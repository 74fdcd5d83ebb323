/** Take profit, stop loss and trailing stop of an open position. */

import { z } from "zod";
import { wrongPositionIdx } from "../../../engine/orders/order-errors.ts";
import { tradingStop } from "../../../engine/stops/trading-stop.ts";
import * as field from "../../../order-entry/fields.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const triggerBy = field.choice(["LastPrice", "IndexPrice", "MarkPrice"]);

const orderType = field.choice(["Market", "Limit"]);

const schema = z.object({
  category: z.enum(["linear", "inverse"]),
  symbol: field.symbol,
  tpslMode: field.choice(["Full", "Partial"]),
  positionIdx: field.whole,
  takeProfit: field.decimal,
  stopLoss: field.decimal,
  trailingStop: field.decimal,
  activePrice: field.decimal,
  tpTriggerBy: triggerBy,
  slTriggerBy: triggerBy,
  tpSize: field.decimal,
  slSize: field.decimal,
  tpLimitPrice: field.decimal,
  slLimitPrice: field.decimal,
  tpOrderType: orderType,
  slOrderType: orderType,
});

export default route({
  method: "POST",
  path: "/v5/position/trading-stop",
  auth: "private",
  limit: { allowed: 10 },
  deed: "position",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { tpslMode = "Full", positionIdx = 0, ...asked } = field.parse(schema, body);
      const { tpTriggerBy, slTriggerBy, tpOrderType, slOrderType, ...wish } = asked;
      if (account.market.instrument(wish.category, wish.symbol) === undefined) throw paramsError("symbol invalid");
      const indices = account.positions.rows(wish.category, wish.symbol).map((position) => position.positionIdx);
      const index = indices.find((known) => known === positionIdx);
      if (index === undefined) throw wrongPositionIdx();
      tradingStop(account, {
        ...wish,
        tpLimitPrice: tpOrderType === "Limit" ? wish.tpLimitPrice : undefined,
        slLimitPrice: slOrderType === "Limit" ? wish.slLimitPrice : undefined,
        mode: tpslMode,
        positionIdx: index,
        tpTriggerBy: tpTriggerBy ?? "LastPrice",
        slTriggerBy: slTriggerBy ?? "LastPrice",
      });
      return {};
    }),
});

/** Whether the exchange adds margin to an isolated position before it liquidates it. */

import { z } from "zod";
import { isIsolated } from "../../../engine/margin/isolated.ts";
import { wrongPositionIdx } from "../../../engine/orders/order-errors.ts";
import * as field from "../../../order-entry/fields.ts";
import { paramsError, RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const schema = z.object({
  category: z.enum(["linear", "inverse"]),
  symbol: field.symbol,
  autoAddMargin: field.whole,
  positionIdx: field.whole,
});

export default route({
  method: "POST",
  path: "/v5/position/set-auto-add-margin",
  auth: "private",
  limit: { allowed: 10 },
  deed: "position",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { category, symbol, autoAddMargin, positionIdx = 0 } = field.parse(schema, body);
      if (account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
      if (autoAddMargin !== 0 && autoAddMargin !== 1) throw paramsError("autoAddMargin invalid");
      if (!isIsolated(account)) throw new RetError(110076, "Only isolated mode can set auto-add-margin");
      const position = account.positions.rows(category, symbol).find((row) => row.positionIdx === positionIdx);
      if (position === undefined) throw wrongPositionIdx();
      position.addsMargin = autoAddMargin === 1;
      account.outbox.position(category, symbol);
      return {};
    }),
});

/** The account's margin mode: kept and shown; margin itself is always reckoned as cross. */

import { z } from "zod";
import { choice, parse } from "../../order-entry/fields.ts";
import { paramsError, RetError } from "../ret-codes.ts";
import { route } from "../route.ts";

const schema = z.object({ setMarginMode: choice(["ISOLATED_MARGIN", "REGULAR_MARGIN", "PORTFOLIO_MARGIN"]) });

export default route({
  method: "POST",
  path: "/v5/account/set-margin-mode",
  auth: "private",
  limit: { allowed: 5 },
  deed: "position",
  handle: ({ body }, { engine }) =>
    engine.change(({ orders, settings, now }) => {
      const { setMarginMode } = parse(schema, body);
      if (setMarginMode === undefined) throw paramsError("setMarginMode invalid");
      if (orders.open().length > 0) {
        const reasons = [{ reasonCode: "3400000", reasonMsg: "You have open orders" }];
        throw new RetError(3400045, "Set margin mode failed", { reasons });
      }
      settings.marginMode = setMarginMode;
      settings.marginModeMs = now();
      return { reasons: [] };
    }),
});

/** The account's margin mode: cross, isolated or portfolio. */

import { z } from "zod";
import { setMarginMode } from "../../../engine/margin/margin-mode.ts";
import { choice, parse } from "../../../order-entry/fields.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const schema = z.object({ setMarginMode: choice(["ISOLATED_MARGIN", "REGULAR_MARGIN", "PORTFOLIO_MARGIN"]) });

export default route({
  method: "POST",
  path: "/v5/account/set-margin-mode",
  auth: "private",
  limit: { allowed: 5 },
  deed: "position",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { setMarginMode: mode } = parse(schema, body);
      if (mode === undefined) throw paramsError("setMarginMode invalid");
      setMarginMode(account, mode);
      return { reasons: [] };
    }),
});

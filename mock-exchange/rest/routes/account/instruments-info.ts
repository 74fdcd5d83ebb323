/** The instruments that this account may trade: all there are. */

import { narrow } from "../../narrow.ts";
import { page } from "../../page.ts";
import { route } from "../../route.ts";
import type { Instrument } from "../../../market/market.ts";

/** Everybody may place RPI orders here. */
const rpi = { isPublicRpi: true, myRpiPermission: true };

export default route({
  method: "GET",
  path: "/v5/account/instruments-info",
  auth: "private",
  limit: { allowed: 10 },
  handle: ({ query }, { engine: { account } }) => {
    const { category, fits } = narrow(query, account);
    const shown = account.market.instruments(category).filter(({ symbol }) => fits({ category, symbol }));
    const nameOf = ({ symbol }: Instrument): string => symbol;
    const { items, nextPageCursor } = page(shown, { query, defaultLimit: 200, maxLimit: 200, nameOf });
    return { category, list: items.map(({ info }) => ({ ...info, ...rpi })), nextPageCursor };
  },
});

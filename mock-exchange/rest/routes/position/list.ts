/** Positions: one symbol's, a stub where it is flat, or all open ones of a settle coin. */

import type { Position } from "../../../engine/position.ts";
import { positionView } from "../../../engine/views/position-view.ts";
import { narrow } from "../../narrow.ts";
import { page } from "../../page.ts";
import { illegalCategory, paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/position/list",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query }, { engine: { account } }) => {
    const { category, symbol, fits } = narrow(query, account, { must: true });
    if (category === "spot") throw illegalCategory();
    if (symbol !== "" && account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
    // Whoever holds no option gets an empty list, not the stub of a flat contract.
    if (category === "option") return { list: [], nextPageCursor: "", category };
    const positions =
      symbol === ""
        ? account.positions
            .open(category)
            .filter(fits)
            .toSorted((a, b) => b.updatedMs - a.updatedMs)
        : account.positions.rows(category, symbol);
    const { items, nextPageCursor } = page(positions, {
      ...{ query, defaultLimit: 20, maxLimit: 200, namesLastOnly: true },
      nameOf: ({ symbol, updatedMs, positionIdx }: Position) => `${symbol},${updatedMs},${positionIdx}`,
    });
    return { list: items.map((position) => positionView(position, account)), nextPageCursor, category };
  },
});

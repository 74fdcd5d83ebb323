/** Transfers between the accounts, newest first. */

import { offsetPage } from "../../offset-page.ts";
import { Reply, route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/asset/transfer/query-inter-transfer-list",
  auth: "private",
  limit: { allowed: 60, windowMs: 60_000 },
  handle: ({ query }, { engine: { account } }) => {
    const [transferId = "", coin = "", status = ""] = ["transferId", "coin", "status"].map(
      (name) => query.get(name) ?? "",
    );
    const all = account.transfers
      .newestFirst()
      .filter((row) => transferId === "" || row.transferId === transferId)
      .filter((row) => coin === "" || row.coin === coin)
      .filter((row) => status === "" || row.status === status);
    const { items, nextPageCursor } = offsetPage(query, all, { defaultLimit: 20, maxLimit: 50 });
    return new Reply({ list: items, nextPageCursor }, "success");
  },
});

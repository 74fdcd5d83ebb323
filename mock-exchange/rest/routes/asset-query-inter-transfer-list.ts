/** Transfers between the accounts, newest first. Its cursor is base64 JSON, unlike all others. */

import { limitOf } from "../market-query.ts";
import { paramsError } from "../ret-codes.ts";
import { Reply, route } from "../route.ts";

const defaultLimit = 20;
const maxLimit = 50;

export default route({
  method: "GET",
  path: "/v5/asset/transfer/query-inter-transfer-list",
  auth: "private",
  limit: { allowed: 60, windowMs: 60_000 },
  handle: ({ query }, { engine: { account } }) => {
    const [transferId = "", coin = "", status = ""] = ["transferId", "coin", "status"].map(
      (name) => query.get(name) ?? "",
    );
    const limit = limitOf(query, defaultLimit, maxLimit);
    const from = offsetOf(query.get("cursor") ?? "");
    const all = account.transfers
      .newestFirst()
      .filter((row) => transferId === "" || row.transferId === transferId)
      .filter((row) => coin === "" || row.coin === coin)
      .filter((row) => status === "" || row.status === status);
    const list = all.slice(from, from + limit);
    const next = list.length === 0 ? "" : Buffer.from(JSON.stringify({ minID: from + list.length })).toString("base64");
    return new Reply({ list, nextPageCursor: encodeURIComponent(next) }, "success");
  },
});

function offsetOf(cursor: string): number {
  if (cursor === "") return 0;
  try {
    const { minID } = JSON.parse(Buffer.from(decodeURIComponent(cursor), "base64").toString("utf8")) as {
      minID?: unknown;
    };
    if (typeof minID === "number" && Number.isInteger(minID) && minID >= 0) return minID;
  } catch {
    // Falls through to the same answer as any other cursor that is none of ours.
  }
  throw paramsError("cursor invalid");
}

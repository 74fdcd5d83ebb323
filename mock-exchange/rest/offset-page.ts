/** Pages of the asset service: its cursor is base64 JSON, unlike all others. */

import { limitOf } from "./market-query.ts";
import { paramsError } from "../protocol/ret-codes.ts";

export function offsetPage<T>(
  query: URLSearchParams,
  rows: readonly T[],
  limits: { defaultLimit: number; maxLimit: number },
): { items: T[]; nextPageCursor: string } {
  const from = offsetOf(query.get("cursor") ?? "");
  const items = rows.slice(from, from + limitOf(query, limits.defaultLimit, limits.maxLimit));
  const next = items.length === 0 ? "" : Buffer.from(JSON.stringify({ minID: from + items.length })).toString("base64");
  return { items, nextPageCursor: encodeURIComponent(next) };
}

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

/**
 * An operation on many orders at once: each stands for itself, in the order sent. The reply is a success even where
 * all of them failed; what became of each is in `retExtInfo`.
 */

import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { RetError, tooManyVisits } from "../protocol/ret-codes.ts";
import { category, parse } from "./fields.ts";
import type { Operation } from "./operation.ts";

const schema = z.object({ category, request: z.array(z.record(z.string(), z.unknown())).min(1) });

const most = { linear: 20, inverse: 20, spot: 10 };

export const batchOf = (
  one: Operation,
  definition: Pick<Operation, "op" | "path" | "limit"> & {
    /** What an item's result has besides the ids. `done` is false where the item failed. */
    more?: (engine: Engine, done: boolean) => Record<string, unknown>;
  },
): Operation => ({
  streamed: true,
  ...definition,
  // A batch of options counts as one request.
  weight: ({ category, request }) =>
    Array.isArray(request) && category !== "option" ? Math.max(request.length, 1) : 1,
  run(body, engine, granted) {
    const parsed = parse(schema, body);
    if (parsed.request.length > most[parsed.category]) {
      throw new RetError(10001, `params error: request exceeds the limit of ${most[parsed.category]}`);
    }
    const items = parsed.request.map((item, index) => {
      try {
        if (index >= granted) throw tooManyVisits();
        const { result } = one.run({ ...item, category: parsed.category }, engine, 1);
        return { ids: result, done: true, info: { code: 0, msg: "OK" } };
      } catch (error) {
        if (!(error instanceof RetError)) throw error;
        const ids = { orderId: "", orderLinkId: nameOf(item.orderLinkId) };
        return { ids, done: false, info: { code: error.retCode, msg: error.message } };
      }
    });
    const list = items.map(({ ids, done }, index) => ({
      category: parsed.category,
      symbol: nameOf(parsed.request[index]?.symbol),
      ...ids,
      ...definition.more?.(engine, done),
    }));
    return { result: { list }, retExtInfo: { list: items.map(({ info }) => info) } };
  },
});

const nameOf = (value: unknown): string => (typeof value === "string" ? value : "");

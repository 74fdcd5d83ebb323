/**
 * What can be done with orders, each the same by REST and over the trade stream: one file in `operations/` that
 * default-exports one of these. Both surfaces find it there.
 */

import type { Engine } from "../engine/engine.ts";
import type { Limit } from "../limits/user-limits.ts";

export interface Outcome {
  result: Record<string, unknown>;
  retExtInfo?: Record<string, unknown>;
}

export interface Operation {
  /** On the trade stream, such as `order.create`; also its rate limit's bucket. */
  op: string;
  /** By REST, such as `/v5/order/create`. */
  path: string;
  /** The trade stream carries it, too. */
  streamed: boolean;
  limit: Limit;
  /** How much of the limit a request takes: a batch counts its orders. */
  weight(body: Record<string, unknown>): number;
  /**
   * @param granted How many of the weight the limit lets through.
   * @throws RetError where nothing was done.
   */
  run(body: Record<string, unknown>, engine: Engine, granted: number): Outcome;
}

/** An operation on one order. */
export const single = (
  definition: Pick<Operation, "op" | "path" | "limit"> & {
    streamed?: boolean;
    run(body: Record<string, unknown>, engine: Engine): Record<string, unknown>;
  },
): Operation => ({
  streamed: true,
  ...definition,
  weight: () => 1,
  run: (body, engine) => ({ result: definition.run(body, engine) }),
});

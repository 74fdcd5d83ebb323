/**
 * What became of an order whose reply was lost. It is asked for by its `orderLinkId`, among the orders as they stand and
 * in their history. Reads may lag behind writes, so nothing is concluded from one miss, only from misses for a while.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { RestClient } from "../rest/rest-client.ts";

export interface Lookup {
  /** @throws RestError where nobody could be asked: then it is as unknown as before. */
  fate(orderLinkId: string): Promise<"placed" | "absent">;
}

const category = "linear";
/** Longer than reads were seen to lag. */
const missesForMs = 8_000;
const everyMs = 1_000;

export class OrderLookup implements Lookup {
  readonly #rest: RestClient;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  async fate(orderLinkId: string): Promise<"placed" | "absent"> {
    const until = Date.now() + missesForMs;
    while (!(await this.exists(orderLinkId))) {
      if (Date.now() >= until) return "absent";
      await sleep(everyMs);
    }
    return "placed";
  }

  /** Whether a read shows it now. */
  async exists(orderLinkId: string): Promise<boolean> {
    for (const path of ["/v5/order/realtime", "/v5/order/history"]) {
      const { result } = await this.#rest.get(path, { category, orderLinkId });
      if (Array.isArray(result.list) && result.list.length > 0) return true;
    }
    return false;
  }
}

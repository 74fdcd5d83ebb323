/** The ways an order goes to the exchange: by REST here, over the trade stream in `trade-stream.ts`. */

import type { RestClient } from "../rest/rest-client.ts";

export type NewOrder = Readonly<Record<string, unknown>>;

export interface OrderEntry {
  /**
   * Resolves when the exchange has accepted it; it is not sent where it is not valid any more.
   * @throws RestError: unless it says `notDone`, it is unknown what was done.
   */
  create(order: NewOrder, isValid: () => boolean): Promise<void>;
}

export class RestEntry implements OrderEntry {
  readonly #rest: RestClient;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  async create(order: NewOrder, isValid: () => boolean): Promise<void> {
    await this.#rest.post("/v5/order/create", order, isValid);
  }
}

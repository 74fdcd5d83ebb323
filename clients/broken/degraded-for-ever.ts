/** What was wrong once is not forgotten: after its first trouble it calls itself degraded until it is started anew. */

import { broken } from "../reference/parts.ts";
import { MarketHealth } from "../reference/stream/health.ts";

class NeverWellAgain extends MarketHealth {
  #wasWell = false;
  #first: string[] = [];

  protected override troubles(): string[] {
    const troubles = super.troubles();
    this.#wasWell ||= troubles.length === 0;
    if (this.#wasWell && this.#first.length === 0) this.#first = troubles;
    return this.#first.length > 0 ? this.#first : troubles;
  }
}

export default broken("never says that it is well again", { marketHealth: (streams) => new NeverWellAgain(streams) });

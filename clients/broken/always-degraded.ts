/** To be on the safe side it calls itself degraded, always: nobody can be blamed who has said so. */

import { broken } from "../reference/parts.ts";
import { MarketHealth } from "../reference/stream/health.ts";

class NeverWell extends MarketHealth {
  protected override troubles(): string[] {
    return [...super.troubles(), "something may be wrong"];
  }
}

export default broken("calls itself degraded whatever its data are", {
  marketHealth: (streams) => new NeverWell(streams),
});

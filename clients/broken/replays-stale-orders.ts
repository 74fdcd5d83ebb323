/** Orders keep: what could not be sent during an outage is sent when it is over, at whatever the price is by then. */

import { broken } from "../reference/parts.ts";
import { OncePerSignal } from "../reference/trading/trader.ts";

class PatientTrader extends OncePerSignal {
  protected override readonly validForMs: number = Infinity;
}

export default broken("sends orders of before an outage when it is over", {
  trader: (options) => new PatientTrader(options),
});

/** A contract that does not trade is tried again with every look, as if nothing had been said. */

import { broken } from "../reference/parts.ts";
import { Quoter } from "../reference/private/quoter.ts";

class Hammering extends Quoter {
  protected override leaveAlone(): void {
    // It goes on.
  }

  protected override forget(): void {
    // What it was, it is.
  }
}

export default broken("sends orders for a halted contract as fast as ever", {
  quoter: (options) => new Hammering(options),
});

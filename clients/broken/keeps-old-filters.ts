/** Instruments are fetched once; a tick size that has changed since is never learnt. */

import { broken } from "../reference/parts.ts";
import { Quoter } from "../reference/private/quoter.ts";

class Remembering extends Quoter {
  protected override forget(): void {
    // Once known is known.
  }
}

export default broken("goes on with the tick size that it once fetched", {
  quoter: (options) => new Remembering(options),
});

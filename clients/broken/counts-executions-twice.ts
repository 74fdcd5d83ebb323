/** Asks with an overlap, as it should, and counts what it knew already once more. */

import { broken } from "../reference/parts.ts";
import { Ledger } from "../reference/private/ledger.ts";

class Forgetful extends Ledger {
  protected override isNew(): boolean {
    return true;
  }
}

export default broken("counts an execution again that the stream and REST both reported", {
  ledger: () => new Forgetful(),
});

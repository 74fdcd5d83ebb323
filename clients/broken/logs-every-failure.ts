/** Report B: some 3,700 equal lines in two hours, one for each failure. */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { CollapsedWarnings } from "../reference/warnings.ts";

class EachOne extends CollapsedWarnings {
  override warn(_about: string, text: string): void {
    log(`warning: ${text}`);
  }
}

export default broken("prints a line for every failure (report B)", { warnings: () => new EachOne() });

/** Report E: data that is poor all day is warned of every minute, hundreds of times an hour. */

import { broken } from "../reference/parts.ts";
import { CollapsedWarnings } from "../reference/warnings.ts";

class EachMinute extends CollapsedWarnings {
  override poorData(about: string, text: string): void {
    this.warn(about, text);
  }
}

export default broken("warns of poor data every minute (report E)", { warnings: () => new EachMinute() });

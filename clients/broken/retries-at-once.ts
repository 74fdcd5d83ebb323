/** Sees that it was refused for too many calls, and goes on with the next call at once. */

import { broken } from "../reference/parts.ts";
import { LimitsFromHeaders } from "../reference/rest/rate-limits.ts";

class NeverResets extends LimitsFromHeaders {
  protected override waitMs(): number {
    return 0;
  }
}

export default broken("goes on at once after a 10006, whatever the reset", { limits: () => new NeverResets() });

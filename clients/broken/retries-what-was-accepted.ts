/** Report C: four attempts of an alert, whatever became of the first: a webhook that is slow has taken it four times. */

import { AlertQueue } from "../reference/alerts/alert-queue.ts";
import { broken } from "../reference/parts.ts";

class FourAttempts extends AlertQueue {
  protected override readonly attempts = 4;
}

export default broken("sends an alert that was not answered three times more (report C)", {
  alerts: (options) => new FourAttempts(options),
});

/** What it could not deliver comes as if nothing had been: nobody learns that the channel was silent. */

import { AlertQueue } from "../reference/alerts/alert-queue.ts";
import type { AlertMessage, Field } from "../reference/alerts/payload.ts";
import { broken } from "../reference/parts.ts";

class Silent extends AlertQueue {
  protected override message(title: string, fields: readonly Field[]): AlertMessage {
    return super.message(
      title,
      fields.filter(({ name }) => name !== "alerts" && name !== "breaker"),
    );
  }
}

export default broken("does not say that alerts could not be delivered", { alerts: (options) => new Silent(options) });

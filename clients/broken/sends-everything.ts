/** Report C, H2: whatever there is goes into the alert, however much that is. */

import { AlertQueue } from "../reference/alerts/alert-queue.ts";
import type { AlertMessage, Field } from "../reference/alerts/payload.ts";
import { broken } from "../reference/parts.ts";

class Whole extends AlertQueue {
  protected override message(title: string, fields: readonly Field[]): AlertMessage {
    return { content: title, embeds: [{ title, fields: [...fields] }] };
  }
}

export default broken("puts all there is into an alert (report C, H2)", { alerts: (options) => new Whole(options) });

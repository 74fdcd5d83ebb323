/** Whoever notices something sends an alert: one outage is as many as there are connections. */

import { AlertQueue } from "../reference/alerts/alert-queue.ts";
import type { Incident } from "../reference/alerts/incidents.ts";
import { broken } from "../reference/parts.ts";

class ByPart extends AlertQueue {
  override put(incident: Incident): void {
    for (const part of incident.parts) {
      super.put({ ...incident, subject: `${incident.subject} ${part[0]}`, parts: new Map([part]) });
    }
  }
}

export default broken("sends an alert for every connection that notices", { alerts: (options) => new ByPart(options) });

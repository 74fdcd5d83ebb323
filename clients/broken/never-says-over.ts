/** Alerts begin and never end: whoever reads them has to find out that all is well again. */

import { AlertQueue } from "../reference/alerts/alert-queue.ts";
import type { Incident } from "../reference/alerts/incidents.ts";
import { broken } from "../reference/parts.ts";

class OnlyBeginnings extends AlertQueue {
  override put(incident: Incident): void {
    if (incident.overMs === undefined) super.put(incident);
  }
}

export default broken("sends no alert that an incident is over", { alerts: (options) => new OnlyBeginnings(options) });

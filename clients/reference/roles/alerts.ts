/** Alerts to a webhook: what the other roles notice, one message as it begins and one when it is over. */

import type { Role } from "../role.ts";
import { untilAborted } from "../until-aborted.ts";

const alerts: Role = async ({ parts, settings, incidents, signal }) => {
  const queue = parts.alerts({ webhook: parts.webhook(settings.webhookUrl), breaker: parts.alertBreaker });
  incidents.listen((incident) => queue.put(incident));
  await untilAborted(signal);
  incidents.stop();
  queue.stop();
};

export default alerts;

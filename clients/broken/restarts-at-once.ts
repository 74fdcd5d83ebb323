/** A connector that dies is started again at once, however often it dies. */

import { SupervisedConnector } from "../reference/connector/supervisor.ts";
import { broken } from "../reference/parts.ts";

class Restless extends SupervisedConnector {
  protected override readonly backoff = { next: () => 0, lasted: () => undefined };
}

export default broken("starts a dead connector again at once, in a crash loop too", {
  connector: (options) => new Restless(options),
});

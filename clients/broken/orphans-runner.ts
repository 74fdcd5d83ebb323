/** Report D, H4: a connector that is stale is replaced and not ended: two print the same market from then on. */

import { SupervisedConnector } from "../reference/connector/supervisor.ts";
import type { Runner } from "../reference/connector/runner.ts";
import { broken } from "../reference/parts.ts";

class Orphaning extends SupervisedConnector {
  protected override async endRunner(runner: Runner): Promise<void> {
    if (!runner.alive) await super.endRunner(runner);
  }
}

export default broken("starts a new connector without ending the old one (report D, H4)", {
  connector: (options) => new Orphaning(options),
});

/** Report D: the subscription flags outlive the connector they were set for, so the next one is asked for nothing. */

import { RunnerRequests } from "../reference/connector/requests.ts";
import { SupervisedConnector } from "../reference/connector/supervisor.ts";
import { broken } from "../reference/parts.ts";

class NeverReset extends RunnerRequests {
  override reset(): void {
    // What was asked once is taken to be asked for good.
  }
}

class KeepsFlags extends SupervisedConnector {
  protected override requests = new NeverReset(this.options.symbols);
}

export default broken("does not ask a new connector for what the last one was asked for", {
  connector: (options) => new KeepsFlags(options),
});

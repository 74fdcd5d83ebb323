/** Report D, H3: the connector looks alive and nothing comes from it; nobody notices. */

import { SupervisedConnector } from "../reference/connector/supervisor.ts";
import { broken } from "../reference/parts.ts";

class Trusting extends SupervisedConnector {
  protected override staleness(): undefined {
    return undefined;
  }
}

export default broken("takes a connector that says nothing for a quiet market (report D, H3)", {
  connector: (options) => new Trusting(options),
});

/** Being asked to stop does not reach the connector: its feed goes on, and with it the whole program. */

import { SupervisedConnector } from "../reference/connector/supervisor.ts";
import { broken } from "../reference/parts.ts";

class Deaf extends SupervisedConnector {
  override run(): Promise<void> {
    return super.run(new AbortController().signal);
  }
}

export default broken("goes on with its feed when it is asked to stop", {
  connector: (options) => new Deaf(options),
});

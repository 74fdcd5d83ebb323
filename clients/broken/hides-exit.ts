/** Report D, H2: the connector's exit code and last words are lost. */

import { SupervisedConnector } from "../reference/connector/supervisor.ts";
import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";

class Secretive extends SupervisedConnector {
  protected override logEnd(): void {
    log("connector: Down");
  }
}

export default broken("does not log how its connector ended (report D, H2)", {
  connector: (options) => new Secretive(options),
});

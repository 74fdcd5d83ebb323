/** A dial has no deadline: TCP is accepted, the upgrade never answered, and it waits (as `ws` does by default). */

import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

class PatientStream extends StreamConnection {
  protected override deadlineMs(): undefined {
    return undefined;
  }
}

export default broken("waits for ever for a dial to be answered", { stream: (options) => new PatientStream(options) });

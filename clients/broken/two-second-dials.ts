/** A dial has two seconds to become a stream: over a slow link that is healthy it never does. */

import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const openWithinMs = 2_000;

class ImpatientDials extends StreamConnection {
  protected override deadlineMs(): number {
    return openWithinMs;
  }
}

export default broken("gives every dial up after two seconds", {
  stream: (options) => new ImpatientDials(options),
});

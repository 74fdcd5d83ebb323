/** Report D, H3: a connection that answers pings counts as good, whether it brings data or not. */

import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

export default broken("takes a stream that answers pings for a live one (report D, H3)", {
  stream: (options) => new StreamConnection({ ...options, staleMs: Infinity }),
});

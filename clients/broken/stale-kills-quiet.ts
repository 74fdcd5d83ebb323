/** An account to which nothing happens says nothing; after ten minutes of that the stream is torn down as dead. */

import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const staleMs = 600_000;

export default broken("tears its private stream down when no order came for ten minutes", {
  stream: (options) => new StreamConnection(options.name === "private" ? { ...options, staleMs } : options),
});

/** Backoff grows with every failure of the day, and no success makes it small again: by evening a drop costs half a minute. */

import { broken } from "../reference/parts.ts";
import { streamBackoff } from "../reference/stream/backoff.ts";

export default broken("never begins its backoff anew, however long a stream was well", {
  redial: () => ({ ...streamBackoff(), lasted: () => undefined }),
});

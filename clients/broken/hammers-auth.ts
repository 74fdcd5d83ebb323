/** Auth is tried again at once, on one fresh socket after the other. */

import { broken } from "../reference/parts.ts";

export default broken("dials and authenticates again at once when auth is refused", {
  redial: () => ({ next: () => 0, lasted: () => undefined }),
});

/** A lost stream is dialled every half second, however long the exchange says no. */

import { broken } from "../reference/parts.ts";

const everyMs = 500;

export default broken("dials again every 500 ms, however often it is refused", {
  redial: () => ({ next: () => everyMs, lasted: () => undefined }),
  budget: () => ({ take: () => 0 }),
});

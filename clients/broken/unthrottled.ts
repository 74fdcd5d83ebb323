/** Report E, H3: asks for everything at once and does not look at what the exchange says of its limits. */

import { broken } from "../reference/parts.ts";

export default broken("pays no attention to rate limits", {
  limits: () => ({ turn: () => Promise.resolve(), closed: () => false, learn: () => undefined }),
});

/** Signs with its own date, and does not ask for the exchange's when it learns that its own is off. */

import { broken } from "../reference/parts.ts";

export default broken("signs with its own clock, however far off it is", {
  clock: () => ({ now: () => Date.now(), sync: () => Promise.resolve() }),
});

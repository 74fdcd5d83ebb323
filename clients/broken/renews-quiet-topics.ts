/** One limit for all: ten seconds without a frame is a fault, also where nobody trades and nobody is liquidated. */

import { broken } from "../reference/parts.ts";
import { TopicFreshness } from "../reference/stream/freshness.ts";

const tenSeconds = { greets: true, factor: 0, leastMs: 10_000, unknownMs: 10_000 };

export default broken("takes every topic that is quiet for ten seconds for a dead one", {
  freshness: (options) => new TopicFreshness({ ...options, cadence: () => tenSeconds }),
});

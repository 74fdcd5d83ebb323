/**
 * Report B: "validate that the calculated timestamp is not in the past". Each wave is 20 minutes old when it is looked for,
 * so none is valid, and the next one that would be never comes in time.
 */

import { broken, referenceParts } from "../reference/parts.ts";

const intervalMs = 900_000;
const { waves } = referenceParts;

export default broken("takes no wave whose time is past, and every wave's is (report B)", {
  waves: {
    nextCheck: (nowMs) => waves.nextCheck(nowMs),
    waveFor(checkMs) {
      const wave = waves.waveFor(checkMs);
      return wave >= Date.now() ? wave : Math.ceil(Date.now() / intervalMs) * intervalMs;
    },
  },
});

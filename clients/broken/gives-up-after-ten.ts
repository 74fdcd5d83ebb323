/** After ten tries in a row a lost stream is left alone, while the process lives on (cryptofeed stopped after eleven). */

import type { Backoff } from "../reference/backoff.ts";
import { broken } from "../reference/parts.ts";
import { streamBackoff } from "../reference/stream/backoff.ts";

const mostTries = 10;
/** The longest that a timer can wait: 24 days. */
const never = 2 ** 31 - 1;

function tenTries(): Backoff {
  const backoff = streamBackoff();
  let tries = 0;
  return {
    next() {
      tries += 1;
      return tries > mostTries ? never : backoff.next();
    },
    lasted(ms) {
      backoff.lasted(ms);
      tries = 0;
    },
  };
}

export default broken("leaves a stream alone after ten tries in a row", { redial: tenTries });

/** How a lost stream is dialled again: at once the first time, then ever slower, until it was stable for a while. */

import { exponentialBackoff, type Backoff } from "../backoff.ts";

export const streamBackoff = (): Backoff => exponentialBackoff({ firstMs: 250, capMs: 30_000, stableMs: 30_000 });

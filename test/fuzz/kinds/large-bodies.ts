/** Bodies of up to several megabytes: refused for their size from 1 MiB on, below it for what they say. */

import { kind } from "../support/case.ts";
import { nested } from "../support/junk.ts";
import { signedPost } from "../support/requests.ts";

/** The server may be gone with the rest of the body unread, and then its 413 is lost with the connection. */
const mostBytes = 2 ** 20;

export default kind({
  surface: "rest-alone",
  cases: 120,
  make(random) {
    const size = random.pick([mostBytes - 40_000, mostBytes - 100, mostBytes + 1, 2 * mostBytes, 4 * mostBytes]);
    const body = random.pick<() => string | Buffer>([
      () => "a".repeat(size),
      () => nested("[", "]", Math.ceil(size / 2)),
      () => nested('{"a":', "}", Math.ceil(size / 6), "1"),
      () => `{"category":"${"x".repeat(size - 15)}"}`,
      () => Buffer.alloc(size, 0xff),
    ])();
    return { bytes: signedPost("/v5/order/create", body), want: body.length > mostBytes ? [413, "closed"] : [200] };
  },
});

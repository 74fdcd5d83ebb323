/**
 * Report A's own fix, read literally: a pool with `force_close`, which closes each connection after its response. It
 * still opens one connection per request.
 */

import type { Pool } from "undici";
import { broken } from "../reference/parts.ts";
import { ConnectionSlots, dialAtOnce } from "../reference/rest/connection-slots.ts";
import { PooledSession } from "../reference/rest/session.ts";

class ForceClose extends PooledSession {
  // Every request has to dial, so there is nothing to be gentle about.
  protected override readonly slots = new ConnectionSlots(this.limit, dialAtOnce);

  protected override open(): Pool {
    // What undici calls no pipelining is `Connection: close` on every request.
    return super.open({ pipelining: 0 });
  }
}

export default broken("has a pool whose connections are closed after each response", {
  session: (baseUrl) => new ForceClose(baseUrl),
});

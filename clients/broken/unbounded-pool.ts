/** Report A, H4: no limit of connections; a burst opens as many as it has requests. */

import { broken } from "../reference/parts.ts";
import { PooledSession } from "../reference/rest/session.ts";
import type { Pool } from "undici";

class UnboundedPool extends PooledSession {
  override turn<T>(_urgent: boolean, send: () => Promise<T>): Promise<T> {
    return send();
  }

  protected override open(): Pool {
    return super.open({ connections: null });
  }
}

export default broken("opens as many connections as a burst has requests", {
  session: (baseUrl) => new UnboundedPool(baseUrl),
});

/** Report A, H2: a new HTTP session, so a new TCP connection, for every request. */

import { broken } from "../reference/parts.ts";
import { ConnectionSlots, dialAtOnce } from "../reference/rest/connection-slots.ts";
import { PooledSession, sendOn, type HttpReply, type HttpRequest } from "../reference/rest/session.ts";

export class SessionPerRequest extends PooledSession {
  // Nothing is pooled, so nothing is dialled gently either.
  protected override readonly slots = new ConnectionSlots(this.limit, dialAtOnce);

  override async request(request: HttpRequest): Promise<HttpReply> {
    const session = this.open();
    try {
      return await sendOn(session, request);
    } finally {
      await session.destroy();
    }
  }
}

export default broken("opens a new connection for every request", {
  session: (baseUrl) => new SessionPerRequest(baseUrl),
});

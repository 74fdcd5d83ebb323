/**
 * Report C, H3: "Session is closed". When one symbol's request fails, the session that all symbols share is closed to
 * get a fresh one, whatever the others have under way on it.
 */

import { broken } from "../reference/parts.ts";
import { PooledSession, type HttpReply, type HttpRequest } from "../reference/rest/session.ts";

class SharedSession extends PooledSession {
  override async request(request: HttpRequest): Promise<HttpReply> {
    try {
      const reply = await super.request(request);
      if (reply.status >= 500) void this.recycle();
      return reply;
    } catch (error) {
      void this.recycle();
      throw error;
    }
  }

  override async recycle(): Promise<void> {
    const old = this.pool;
    this.pool = this.open();
    await old.destroy();
  }
}

export default broken("closes the session that all symbols share when one of them fails", {
  session: (baseUrl) => new SharedSession(baseUrl),
});

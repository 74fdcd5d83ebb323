/** Subscribe before auth: both are sent at once, which works for as long as the exchange is fast. */

import { broken } from "../reference/parts.ts";
import { PrivateSession } from "../reference/private/private-session.ts";

class Hasty extends PrivateSession {
  override opened(): void {
    super.opened();
    this.subscriptions.opened();
  }
}

export default broken("sends its private subscriptions right after auth, without waiting for the ack", {
  privateSession: (options) => new Hasty(options),
});

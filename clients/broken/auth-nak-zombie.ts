/** Auth NAK zombie: auth is refused once, and the connection is kept, with its pings, authenticated to nobody. */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { PrivateSession } from "../reference/private/private-session.ts";

class Zombie extends PrivateSession {
  protected override refused(why: string): void {
    this.waitNoMore();
    log(`private stream: auth failed: ${why}`);
  }
}

export default broken("logs that auth was refused and keeps the connection", {
  privateSession: (options) => new Zombie(options),
});

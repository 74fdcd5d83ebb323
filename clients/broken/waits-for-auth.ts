/** An auth that is never answered is waited for, on a connection that lives and says nothing. */

import { broken } from "../reference/parts.ts";
import { PrivateSession } from "../reference/private/private-session.ts";

class Patient extends PrivateSession {
  protected override unanswered(): void {
    // It will come.
  }
}

export default broken("waits for the answer to its auth without a deadline", {
  privateSession: (options) => new Patient(options),
});

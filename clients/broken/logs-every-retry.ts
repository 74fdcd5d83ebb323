/**
 * Report E's log: for each dial that fails every part that hears of it prints what it knows, its state and a stack, and no
 * line is held back.
 */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const parts = ["dialler", "connection", "session", "subscriptions", "freshness", "books", "queue", "health"];

class LoudStream extends StreamConnection {
  protected override onError(error: Error): void {
    for (const part of parts) {
      log(`ERROR ${part} of ${this.name}: ${error.message}`);
      (error.stack ?? "").split("\n").forEach((frame) => log(`ERROR ${part} of ${this.name}: ${frame.trim()}`));
    }
  }
}

export default broken("prints dozens of lines for each dial that fails", {
  stream: (options) => new LoudStream(options),
});

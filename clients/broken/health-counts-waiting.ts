/**
 * Report B, F2 acting on H1b: a health check counts "no signals processed yet" every 30 s, and the twelfth in a row cuts a
 * feed that is well and waits for its first wave.
 */

import { broken } from "../reference/parts.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";

const lookEveryMs = 30_000;
const most = 12;

class ImpatientFeed extends ReconnectingFeed {
  #failures = 0;
  #looking: NodeJS.Timeout | undefined;

  override start(): void {
    super.start();
    this.#looking = setInterval(() => this.#look(), lookEveryMs);
  }

  override request(): void {
    this.#failures = 0;
    super.request();
  }

  override stop(): void {
    clearInterval(this.#looking);
    super.stop();
  }

  #look(): void {
    this.#failures += 1;
    if (this.#failures < most) return;
    this.#failures = 0;
    this.options.incidents.bad("signals", "processor", "no signals processed yet");
    this.socket?.terminate();
  }
}

export default broken("counts the wait for the first wave as failures and cuts a healthy feed (report B, F2)", {
  feed: (options) => new ImpatientFeed(options),
});

/**
 * Report E's bot as it was: a connection is dialled only once the REST probe has answered, and when it has not, it is left
 * alone for good ("Failed to reconnect conn_9"). A connection that brings nothing is not noticed by itself.
 */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

/** Far more than a slow answer takes, far less than the probe was dead for. */
const probeWithinMs = 150_000;

class ReportEStream extends StreamConnection {
  #stopped = false;
  #connectedOnce = false;

  override stop(): Promise<void> {
    this.#stopped = true;
    return super.stop();
  }

  protected override dial(): void {
    void this.#dialIfReachable();
  }

  async #dialIfReachable(): Promise<void> {
    const url = `${process.env.FIREDRILL_EXCHANGE_REST_URL ?? ""}/v5/market/time`;
    const reachable = await fetch(url, { signal: AbortSignal.timeout(probeWithinMs) }).then(
      (reply) => reply.text().then(() => true),
      () => false,
    );
    if (this.#stopped) return;
    if (reachable || !this.#connectedOnce) {
      this.#connectedOnce = true;
      super.dial();
      return;
    }
    log(`Network connectivity validation failed: Connection timeout to host ${url}`);
    log(`Failed to reconnect ${this.name}`);
  }
}

export default broken("is report E's bot: its reconnects are gated on a REST probe and then given up", {
  stream: (options) => new ReportEStream(options),
});

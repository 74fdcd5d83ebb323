/**
 * Report E, H2: a connection is dialled only once a REST probe has answered. Where it does not, the reconnect is given up
 * for a minute, and a REST outage takes the streams with it.
 */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const probeWithinMs = 10_000;
const againMs = 60_000;

export class GatedStream extends StreamConnection {
  #stopped = false;

  override stop(): Promise<void> {
    this.#stopped = true;
    return super.stop();
  }

  protected override dial(): void {
    void this.#dialIfReachable();
  }

  async #dialIfReachable(): Promise<void> {
    const url = `${process.env.FIREDRILL_EXCHANGE_REST_URL ?? ""}/v5/market/time`;
    try {
      await (await fetch(url, { signal: AbortSignal.timeout(probeWithinMs) })).text();
      if (!this.#stopped) super.dial();
    } catch {
      log(`Network connectivity validation failed: Connection timeout to host ${url}`);
      log(`Failed to reconnect ${this.name}`);
      if (!this.#stopped) setTimeout(() => this.start(), againMs).unref();
    }
  }
}

export default broken("reconnects only once a REST probe has answered (report E, H2)", {
  stream: (options) => new GatedStream(options),
});

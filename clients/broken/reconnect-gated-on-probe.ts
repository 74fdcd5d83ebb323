/**
 * Report E, H2: a connection is dialled only once a REST probe has answered. Where it does not, the reconnect is given up
 * for a minute, and a REST outage takes the streams with it.
 */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const againMs = 60_000;

export class GatedStream extends StreamConnection {
  protected readonly probeWithinMs: number = 10_000;
  #stopped = false;

  override stop(): Promise<void> {
    this.#stopped = true;
    return super.stop();
  }

  protected override dial(): void {
    void this.#dialIfReachable();
  }

  /** Dials, whatever the probe says. */
  protected dialUngated(): void {
    super.dial();
  }

  /** The probe did not answer. */
  protected unreachable(): void {
    log(`Failed to reconnect ${this.name}`);
    setTimeout(() => this.start(), againMs).unref();
  }

  async #dialIfReachable(): Promise<void> {
    const url = `${process.env.FIREDRILL_EXCHANGE_REST_URL ?? ""}/v5/market/time`;
    const answered = await fetch(url, { signal: AbortSignal.timeout(this.probeWithinMs) })
      .then((reply) => reply.text())
      .then(
        () => true,
        () => false,
      );
    if (this.#stopped) return;
    if (answered) {
      this.dialUngated();
      return;
    }
    log(`Network connectivity validation failed: Connection timeout to host ${url}`);
    this.unreachable();
  }
}

export default broken("reconnects only once a REST probe has answered (report E, H2)", {
  stream: (options) => new GatedStream(options),
});

/**
 * Report E's bot as it was: a connection is dialled only once the REST probe has answered, and when it has not, it is left
 * alone for good ("Failed to reconnect conn_9"). At its start it connects all the same.
 */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { GatedStream } from "./reconnect-gated-on-probe.ts";

class ReportEStream extends GatedStream {
  /** Far more than a slow answer takes, far less than the probe was dead for. */
  protected override readonly probeWithinMs = 150_000;
  #connectedOnce = false;

  protected override dialUngated(): void {
    this.#connectedOnce = true;
    super.dialUngated();
  }

  protected override unreachable(): void {
    if (this.#connectedOnce) log(`Failed to reconnect ${this.name}`);
    else this.dialUngated();
  }
}

export default broken("is report E's bot: its reconnects are gated on a REST probe and then given up", {
  stream: (options) => new ReportEStream(options),
});

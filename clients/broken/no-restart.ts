/** Report D, H2: the death of the connector is noticed and logged, and that is all. */

import { SupervisedConnector } from "../reference/connector/supervisor.ts";
import type { Runner } from "../reference/connector/runner.ts";
import { broken } from "../reference/parts.ts";
import { untilAborted } from "../reference/until-aborted.ts";

class NeverAgain extends SupervisedConnector {
  #died = false;

  protected override async endRunner(runner: Runner): Promise<void> {
    this.#died = !runner.alive;
    await super.endRunner(runner);
  }

  protected override beforeNext(lastedMs: number, signal: AbortSignal): Promise<void> {
    return this.#died ? untilAborted(signal) : super.beforeNext(lastedMs, signal);
  }
}

export default broken("never starts a connector again that died (report D, H2)", {
  connector: (options) => new NeverAgain(options),
});

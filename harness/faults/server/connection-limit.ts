/**
 * The edge in front of the exchange's REST resets new connections beyond so many a second. A client that dials gently
 * never sees a reset, and that is the point: so it lands with the first new connection that the edge counts, whether
 * there was room for it or not.
 */

import { count } from "../../../core/units.ts";
import { faultKind } from "../../incident/fault.ts";

export interface ConnectionLimitOptions {
  perSecond: number;
}

export default faultKind<ConnectionLimitOptions>({
  kind: "server.connection-limit",
  summary: "the edge resets new REST connections beyond so many a second",
  endpoint: "exchange-rest",
  awaits: "a new connection to exchange-rest",
  arm({ testbed }, { perSecond }, ttlMs) {
    const armed = testbed.exchange.faults.rest.arm({
      match: { on: "connect", abovePerSecond: perSecond },
      action: { do: "reset" },
      ttlMs,
    });
    return {
      rules: [armed.id],
      landing: (event) =>
        event.type === "connection.opened" && event.endpoint === "exchange-rest"
          ? `${event.connection} counted for the limit of ${count(perSecond, "new connection")} a second`
          : undefined,
      heal: () => armed.disarm(),
    };
  },
});

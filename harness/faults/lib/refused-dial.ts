/** What shows that the client met a closed port. */

import type { ArmedFault } from "../../incident/fault.ts";
import type { Endpoint } from "../../testbed/testbed.ts";

export function refusedDial(endpoint: Endpoint): ArmedFault["landing"] {
  return (event) =>
    event.type === "proxy.dial-refused" && event.endpoint === endpoint
      ? `a dial to ${endpoint} from port ${event.clientPort} was refused`
      : undefined;
}

/** Report A, H3: five seconds for every kind of operation, however slow it is by nature. */

import { broken } from "../reference/parts.ts";

export default broken("gives up every operation after 5 s", { timeouts: () => 5_000 });

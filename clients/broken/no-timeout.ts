/** Waits for an answer for as long as it takes; one that never comes holds its connection for ever. */

import { broken } from "../reference/parts.ts";

export default broken("waits for an answer for ever", { timeouts: () => undefined });

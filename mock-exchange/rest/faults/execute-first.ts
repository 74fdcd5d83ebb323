/**
 * For actions that come instead of a reply, or before it: whether the exchange does the request's work all the same. An
 * order whose work was done exists, whatever the client was answered.
 */

import { z } from "zod";

export const executeFirst = z.boolean().default(false);

/** What a user is shown whose mock finds its port taken. */

import { FiredrillError, messageOf } from "../core/errors.ts";

/** @param mock "mock exchange". */
export const cannotListen = (mock: string, address: string, error: unknown): FiredrillError =>
  new FiredrillError(
    `The ${mock} cannot listen on ${address}: ${messageOf(error)}. Free the port or choose another with --port.`,
    { cause: error },
  );

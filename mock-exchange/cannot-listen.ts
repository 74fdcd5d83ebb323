import { FiredrillError, messageOf } from "../core/errors.ts";

export const cannotListen = (address: string, error: unknown): FiredrillError =>
  new FiredrillError(
    `The mock exchange cannot listen on ${address}: ${messageOf(error)}. Free the port or choose another with --port.`,
    { cause: error },
  );

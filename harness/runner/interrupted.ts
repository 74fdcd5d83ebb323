/** The user interrupted the run; everything is cleaned up on the way out. */

import { exitCode, FiredrillError } from "../../core/errors.ts";

export class Interrupted extends FiredrillError {
  constructor() {
    super("Interrupted. Everything that was started is gone.", { exitCode: exitCode.interrupted });
  }
}

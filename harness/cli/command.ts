/** What a command of the command line is: one file in `commands/`, by default export, that adds itself to the program. */

import type { Command } from "commander";

export interface CommandModule {
  /** Where it stands in the help. */
  order: number;
  add(program: Command): void;
}

/** How a command ends other than with 0: the exit code is the verdict's, and there is nothing more to say. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

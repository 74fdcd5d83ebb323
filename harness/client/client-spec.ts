/** What Firedrill knows of a client under test: a command, what it does, and how its settings are called. */

export interface ClientSpec {
  name: string;
  /** One line for `firedrill list`; for a broken client, its one defect. */
  summary: string;
  /** The roles it plays; a scenario that exercises none of them is not applicable to it. */
  roles: readonly string[];
  /** Program and arguments, or one string for the shell. */
  command: readonly [string, ...string[]] | string;
  cwd?: string;
  /** Its own variables; `{FIREDRILL_…}` in a value is replaced by that contract variable. */
  env?: Readonly<Record<string, string>>;
}

/**
 * A shell that is asked to stop ends at once, without the bot that it has started. This one waits, and ends as the bot did.
 */
const waitForIt = "trap 'exit $?' INT TERM";

/** The program and arguments to start. */
export const argvOf = (spec: ClientSpec): readonly [string, ...string[]] =>
  typeof spec.command === "string" ? ["/bin/sh", "-c", `${waitForIt}; ${spec.command}`] : spec.command;

/** The program that the time provider has to drive: for a shell command, its first word. */
export const programOf = (spec: ClientSpec): readonly string[] =>
  typeof spec.command === "string" ? spec.command.trim().split(/\s+/) : spec.command;

/** What Firedrill knows of a client under test: a command, what it does, and how its settings are called. */

export interface ClientSpec {
  name: string;
  /** One line for `firedrill list`; for a broken client, its one defect. */
  summary: string;
  /** The roles it plays; a scenario that exercises none of them is not applicable to it. */
  roles: readonly string[];
  /** Nobody has declared its roles: they are taken from what it is seen to do. */
  undeclared?: boolean;
  /** Program and arguments, or one string for the shell. */
  command: readonly [string, ...string[]] | string;
  cwd?: string;
  /** Figures that it is held to instead of a scenario's own, by check and option. */
  targets?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** It comes with Firedrill, and reads nothing but the contract's variables. */
  shipped?: true;
  /** Its own variables; `{FIREDRILL_…}` in a value is replaced by that contract variable. */
  env?: Readonly<Record<string, string>>;
}

/** One program with its arguments, of which the shell has nothing more to do than to become it. */
const simple = /^\s*([\w./~-]*\w[\w./~-]*)(?:\s[^;&|(){}`\n]*)?$/;

/** What a shell does itself, which is no program or none that could do it: the words of POSIX, and dash's and bash's. */
const shellsOwn = new Set(
  [
    "alias bg break builtin case cd command continue declare do done elif else esac eval exec exit export false fc fg fi",
    "for function getopts hash if in jobs kill let local popd pushd read readonly return select set shift shopt source",
    "then time times trap true type typeset ulimit umask unalias unset until wait while",
  ].flatMap((words) => words.split(" ")),
);

function isOneProgram(command: string): boolean {
  const [, word] = simple.exec(command) ?? [];
  return word !== undefined && !shellsOwn.has(word);
}

/**
 * A shell that is asked to stop ends at once, without the bot that it has started. This one waits for it, and ends as the
 * bot did. A shell that the command itself starts is left as it is.
 */
const waitForIt = "trap 's=$?; wait; exit $s' INT TERM";

/** The program and arguments to start. Where the shell can, it becomes the bot: nothing then stands between us and it. */
export function argvOf({ command }: ClientSpec): readonly [string, ...string[]] {
  if (typeof command !== "string") return command;
  return ["/bin/sh", "-c", isOneProgram(command) ? `exec ${command}` : `${waitForIt}; ${command}`];
}

/** The program that the time provider has to drive: for a shell command, its first word. */
export const programOf = (spec: ClientSpec): readonly string[] =>
  typeof spec.command === "string" ? spec.command.trim().split(/\s+/) : spec.command;

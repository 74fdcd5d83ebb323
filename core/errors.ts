/**
 * One grammar for everything a user can get wrong: what failed for whom, the value seen, what is allowed, the next
 * step. A `FiredrillError` reaches the user as that sentence and an exit code, never as a stack trace; any other error
 * is a bug of ours (exit code 70).
 */

import { closest, distance } from "fastest-levenshtein";

/** The exit codes of the command line, a contract (docs/exit-codes.md). */
export const exitCode = {
  pass: 0,
  fail: 1,
  unknown: 2,
  invalid: 3,
  usage: 64,
  crash: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export class FiredrillError extends Error {
  override readonly name = "FiredrillError";
  readonly exitCode: ExitCode;

  /** @param message One sentence on what failed, with the value seen and what is allowed; then the next step. */
  constructor(message: string, options: { exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode ?? exitCode.usage;
  }
}

/**
 * The sentence for a name that is not known: the nearest known name if one is near, then all of them.
 *
 * @example unknownName("scenario", "signal-closed", ["signal-close-1000"]) // 'Unknown scenario "signal-closed". Did you mean …'
 */
export function unknownName(what: string, seen: string, allowed: readonly string[]): string {
  const nearest = nearestName(seen, allowed);
  const question = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const choices = allowed.length === 0 ? `There is no ${what} here.` : `Known: ${allowed.join(", ")}.`;
  return `Unknown ${what} "${seen}".${question} ${choices}`;
}

/** The known name a person most likely meant, or undefined where nothing is near. */
export function nearestName(seen: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const sameLetters = allowed.find((name) => name.toLowerCase() === seen.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  const candidate = closest(seen, allowed);
  const contained = allowed.find((name) => name.includes(seen) || seen.includes(name));
  if (distance(seen, candidate) <= Math.max(2, Math.floor(candidate.length / 3))) return candidate;
  return seen.length >= 3 ? contained : undefined;
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

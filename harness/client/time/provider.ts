/**
 * How the client process gets the incident clock. A provider never changes the client's code; it changes the
 * environment the client starts in.
 */

import type { Clock } from "../../../core/clock.ts";
import type { Availability } from "../../availability.ts";

export interface TimeProvider {
  readonly name: "leap" | "faketime" | "preload" | "real";
  /** Whether this machine has it. */
  availability(): Promise<Availability>;
  /** Whether it can drive a client with this command. */
  canDrive(argv: readonly string[]): boolean;
  /** Why it cannot move the date of a client that runs, or undefined where it can. */
  cannotStep(clock: Clock): string | undefined;
  /** Whether lookups of names that have no address are seen; see `lookups.ts`. */
  readonly seesLookups: boolean;
  /** Moves the client's date to so far ahead of the incident's, ms: now, and for a client that starts later. */
  setDate(clock: Clock, offsetMs: number, dateFile: string): void;
  /** Variables known before the client starts; they may extend the client's own. */
  environment(clock: Clock, clientEnv: Readonly<Record<string, string>>, dateFile: string): Record<string, string>;
  /**
   * Variables that have to be computed at the moment the client starts.
   * @param loadedAgoMs Wall ms since the gate's shell, the first program of the client's process, was loaded.
   * @param dateOffsetMs How far the client's date is ahead of the incident's.
   */
  late(clock: Clock, loadedAgoMs: number, dateOffsetMs: number): Record<string, string>;
  /** Files that a killed client would leave behind, with `{pid}` for its process id. */
  readonly leftovers: readonly string[];
}

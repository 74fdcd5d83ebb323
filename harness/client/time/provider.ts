/**
 * How the client process gets the incident clock. A provider never changes the client's code; it changes the
 * environment the client starts in.
 */

import type { Clock } from "../../../core/clock.ts";
import type { Availability } from "../../availability.ts";

export interface TimeProvider {
  readonly name: "faketime" | "preload" | "real";
  /** Whether this machine has it. */
  availability(): Promise<Availability>;
  /** Whether it can drive a client with this command. */
  canDrive(argv: readonly string[]): boolean;
  /** Variables known before the client starts; they may extend the client's own. */
  environment(clock: Clock, clientEnv: Readonly<Record<string, string>>): Record<string, string>;
  /**
   * Variables that have to be computed at the moment the client starts.
   * @param loadedAgoMs Wall ms since the gate's shell, the first program of the client's process, was loaded.
   */
  late(clock: Clock, loadedAgoMs: number): Record<string, string>;
  /** Files that a killed client would leave behind, with `{pid}` for its process id. */
  readonly leftovers: readonly string[];
}

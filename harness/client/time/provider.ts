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
  environment(clock: Clock, clientEnv: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  /** Variables that have to be computed at the moment the client starts. */
  late(clock: Clock): Record<string, string>;
}

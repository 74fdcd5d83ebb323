/** A mock that runs alone: one file in `mocks/`, by default export. */

import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Random } from "../../core/random.ts";

export interface MockOptions {
  clock: Clock;
  journal: JournalSink;
  random: Random;
  port: number;
  symbols: readonly string[];
}

export interface MockKind {
  name: string;
  summary: string;
  /** @returns What a user needs to point a client at it, a line each, and the way to stop it. */
  start(options: MockOptions): Promise<{ lines: readonly string[]; close(): Promise<void> }>;
}

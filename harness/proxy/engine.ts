/**
 * Something that speaks Toxiproxy's HTTP API: the embedded engine, a `toxiproxy-server` that we start, or one that
 * runs somewhere already. Whoever drives it (`proxies.ts`) does not know which.
 */

import type { Availability } from "../availability.ts";
import type { Threads } from "../../core/threads.ts";
import type { Reaper } from "../process/reaper.ts";

export interface EngineContext {
  seed: string;
  reaper: Reaper;
}

export interface Engine {
  /** `embedded`, `binary`, or the URL, as results name it. */
  readonly name: string;
  /** The base of its HTTP API. */
  readonly url: string;
  /** Whether proxies we leave there would outlive us, so that the reaper has to remove them. */
  readonly external: boolean;
  /** Whether it is our own engine, which can more than Toxiproxy: see `toxiproxy/api/extensions.ts`. */
  readonly extended: boolean;
  /** Whether its API has a secret, so that nobody else changes anything there. */
  readonly guarded?: boolean;
  /** What it runs in, where that is on this machine and known: what it waits for a CPU is not the client's lateness. */
  readonly threads?: Threads;
  stop(): Promise<void>;
}

/** One file in `engines/` each. */
export interface EngineKind {
  name: string;
  availability(): Promise<Availability>;
  start(context: EngineContext): Promise<Engine>;
}

/**
 * Notices that a keep-alive connection has been idle for as long as an armed rule says. It holds one timer for each idle
 * connection, and none while no such rule is armed.
 */

import type { Clock, Timer } from "../../../core/clock.ts";
import type { HttpConnection } from "../../../mock-kit/http/connections.ts";

export interface IdleRules {
  /** How long each armed idle rule waits, incident ms. */
  waits(): number[];
  /** A connection has been idle for so long; returns whether a rule has ended it. */
  isDue(connection: HttpConnection, idleMs: number): boolean;
}

export class IdleWatch {
  connections: () => HttpConnection[] = () => [];
  readonly #clock: Clock;
  readonly #rules: IdleRules;
  readonly #timers = new Map<HttpConnection, Timer>();

  constructor(clock: Clock, rules: IdleRules) {
    this.#clock = clock;
    this.#rules = rules;
  }

  /** The armed rules have changed. */
  reconsider(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    for (const connection of this.connections()) this.begin(connection);
  }

  /** The connection is idle since `idleSince`. */
  begin(connection: HttpConnection): void {
    if (!connection.socket.destroyed) this.#await(connection, -1);
  }

  /** Waits for the shortest time that is longer than the last one that was reached. */
  #await(connection: HttpConnection, reachedMs: number): void {
    this.#timers.get(connection)?.cancel();
    const waitMs = Math.min(...this.#rules.waits().filter((ms) => ms > reachedMs));
    if (waitMs === Infinity) return;
    const since = connection.idleSince;
    const timer = this.#clock.after(Math.max(since + waitMs - this.#clock.elapsed(), 0), () => {
      this.#timers.delete(connection);
      const idle = connection.busy === 0 && connection.idleSince === since && !connection.socket.destroyed;
      if (idle && !this.#rules.isDue(connection, waitMs)) this.#await(connection, waitMs);
    });
    this.#timers.set(connection, timer);
  }
}

/**
 * What a network adds to every answer on its way to the client; what is sent after an answer waits behind it, so that all
 * arrives in the order of sending. Without it an answer is there in microseconds, before a client has gone on from its own
 * send; pybit registers a subscription only after sending it and then dies silently of the answer. A frame that nobody has
 * asked for right then finds its reader ready, and is spared the timer.
 */

import type { Clock } from "../../core/clock.ts";

/** As far away as an exchange in the same city. */
export const sameCityMs = 5;

interface Underway {
  deliver: () => void;
  arrived: boolean;
}

/** The distance of one connection. */
export class Distance {
  readonly #clock: Pick<Clock, "after">;
  readonly #latencyMs: number;
  #underway: Underway[] = [];

  constructor(clock: Pick<Clock, "after">, latencyMs: number) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
  }

  answer(deliver: () => void): void {
    const answer = { deliver, arrived: false };
    this.#underway.push(answer);
    this.#clock.after(this.#latencyMs, () => {
      answer.arrived = true;
      while (this.#underway[0]?.arrived === true) this.#underway.shift()?.deliver();
    });
  }

  /** Anything else. */
  frame(deliver: () => void): void {
    if (this.#underway.length === 0) deliver();
    else this.#underway.push({ deliver, arrived: true });
  }

  /** The connection ends: what is underway arrives before its end does. */
  end(): void {
    const underway = this.#underway;
    this.#underway = [];
    for (const { deliver } of underway) deliver();
  }
}

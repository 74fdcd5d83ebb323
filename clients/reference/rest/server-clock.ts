/**
 * The exchange's date, which timestamps have to follow: ours may be off, and a machine's clock may jump. Measured at the
 * start and again whenever a call was refused for its timestamp.
 */

export interface ServerClock {
  /** The exchange's date now, epoch ms. */
  now(): number;
  /** Measures again. */
  sync(): Promise<void>;
}

const samples = 3;

export class MeasuredClock implements ServerClock {
  readonly #askTime: () => Promise<number>;
  #offsetMs = 0;

  /** @param askTime The exchange's date, epoch ms, as it answers. */
  constructor(askTime: () => Promise<number>) {
    this.#askTime = askTime;
  }

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Of a few measurements the one with the shortest round trip is right: a slow one may be slow on one way only. */
  async sync(): Promise<void> {
    let shortestMs = Infinity;
    for (let sample = 0; sample < samples; sample += 1) {
      const sentAt = performance.now();
      const serverMs = await this.#askTime();
      const roundTripMs = performance.now() - sentAt;
      if (roundTripMs >= shortestMs) continue;
      shortestMs = roundTripMs;
      this.#offsetMs = serverMs + roundTripMs / 2 - Date.now();
    }
  }
}

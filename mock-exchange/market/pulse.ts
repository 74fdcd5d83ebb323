/**
 * The market's present: the last step of the grid that everybody has seen. It moves one step at a time, whatever the
 * wall does, and tells its listeners of each; whoever reads first has it catch up.
 */

import type { Clock, Timer } from "../../core/clock.ts";
import { gridMs } from "./grid.ts";

export interface Step {
  /** Counted from epoch 0. */
  step: number;
  /** What happened from here on … */
  fromMs: number;
  /** … and before this is what the step makes known. */
  untilMs: number;
}

export class Pulse {
  readonly stepMs: number;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #listeners: ((step: Step) => void)[] = [];
  #step: number;
  #moving = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.stepMs = gridMs(clock.compression);
    this.#step = Math.floor(clock.now() / this.stepMs);
    this.#timer = clock.every(this.stepMs, () => this.catchUp());
  }

  get step(): number {
    return this.#step;
  }

  /** Everything before this is public, epoch ms. */
  get untilMs(): number {
    return this.#step * this.stepMs;
  }

  get nowMs(): number {
    return Math.floor(this.#clock.now());
  }

  /** Listeners are called in the order in which they came. Returns the way to stop. */
  onStep(listener: (step: Step) => void): () => void {
    this.#listeners.push(listener);
    return () => {
      const at = this.#listeners.indexOf(listener);
      if (at >= 0) this.#listeners.splice(at, 1);
    };
  }

  /** Takes every step that is due. A listener may read the market, which does not take further steps meanwhile. */
  catchUp(): void {
    if (this.#moving) return;
    this.#moving = true;
    try {
      const due = Math.floor(this.#clock.now() / this.stepMs);
      while (this.#step < due) {
        this.#step += 1;
        const step = { step: this.#step, fromMs: this.untilMs - this.stepMs, untilMs: this.untilMs };
        for (const listener of [...this.#listeners]) listener(step);
      }
    } finally {
      this.#moving = false;
    }
  }

  stop(): void {
    this.#timer.cancel();
  }
}

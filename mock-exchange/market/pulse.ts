/**
 * The market's present: the last step of the grid that everybody has seen. It moves one step at a time, whatever the
 * wall does, and notifies its listeners of each; whoever reads has it catch up first. While nobody would notice a step it
 * takes none: it has no timer then, and whoever reads next finds it where it would have been.
 */

import type { Clock, Timer } from "../../core/clock.ts";

export interface Step {
  /** Counted from epoch 0. */
  step: number;
  /** What happened from here on … */
  fromMs: number;
  /** … and before this is what the step makes known. */
  untilMs: number;
}

interface Listener {
  take: (step: Step) => void;
  /** Whether it would do anything at the next step. */
  notices: () => boolean;
}

export class Pulse {
  readonly stepMs: number;
  readonly #clock: Clock;
  readonly #listeners: Listener[] = [];
  #timer: Timer | undefined;
  #step: number;
  #moving = false;
  #stopped = false;

  /** @param stepMs Incident ms of one step. */
  constructor(clock: Clock, stepMs: number) {
    this.#clock = clock;
    this.stepMs = stepMs;
    this.#step = Math.floor(clock.now() / this.stepMs);
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

  /**
   * Listeners are called in the order in which they came. Returns the way to stop.
   *
   * @param notices Whether the listener would do anything at the next step; it may begin to after any `catchUp`.
   */
  onStep(take: (step: Step) => void, notices: () => boolean = () => true): () => void {
    const listener = { take, notices };
    this.#listeners.push(listener);
    this.#await();
    return () => {
      const at = this.#listeners.indexOf(listener);
      if (at >= 0) this.#listeners.splice(at, 1);
    };
  }

  /** Takes every step that is due. A listener may read the market, which does not take further steps meanwhile. */
  catchUp(): void {
    this.#takeDue();
    // Whoever reads may have somebody notice from now on, by subscribing or by trading: that is looked at with the next.
    this.#await();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #takeDue(): void {
    if (this.#moving) return;
    this.#moving = true;
    try {
      const due = Math.floor(this.#clock.now() / this.stepMs);
      while (this.#step < due) {
        // Nothing of ours happens between two steps, so who notices nothing now notices nothing of all that are due.
        if (!this.#isNoticed()) {
          this.#step = due;
          return;
        }
        this.#step += 1;
        const step = { step: this.#step, fromMs: this.untilMs - this.stepMs, untilMs: this.untilMs };
        for (const { take } of [...this.#listeners]) take(step);
      }
    } finally {
      this.#moving = false;
    }
  }

  #isNoticed(): boolean {
    return this.#listeners.some(({ notices }) => notices());
  }

  #await(): void {
    if (this.#timer !== undefined || this.#stopped) return;
    const dueMs = this.untilMs + this.stepMs - this.#clock.now();
    this.#timer = this.#clock.after(Math.max(dueMs, 0), () => {
      this.#timer = undefined;
      this.#takeDue();
      if (this.#isNoticed()) this.#await();
    });
  }
}

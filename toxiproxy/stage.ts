/**
 * A toxic's place in the chain of one connection. It queues what comes in, hands the toxic one chunk at a time, and
 * takes no more when the next stage is full: that is how backpressure reaches the source. It can be interrupted, which
 * makes the toxic let go of what it holds, and run again. Which stages there are is `link.ts`'s business.
 */

import { wallClock, type Timer } from "../core/clock.ts";
import { afterNearest } from "../core/nearest-timer.ts";
import type { Random } from "../core/random.ts";
import type { ClosedHow } from "./closing.ts";
import type { Chunk, Pipe, Toxic, ToxicStage } from "./toxic.ts";

/** Where chunks go: the next stage, or the destination. */
export interface Sink {
  readonly full: boolean;
  /** Whoever feeds it; notified when there is room again. */
  feeder: Feeder;
  push(chunk: Chunk): void;
  end(): void;
}

/** Where chunks come from: the stage before, or the source. */
export interface Feeder {
  room(): void;
}

/** What a stage needs of its connection. */
export interface StageHost {
  /** An independent stream of random numbers for this connection, direction and name. */
  random(name: string): Random;
  hit(toxic: Toxic, byteOffset: number): void;
  /** A toxic ends the connection: at once, or after what is under way has arrived. */
  cut(toxic: Toxic, how: ClosedHow): void;
  closes(toxic: Toxic): void;
}

export class Stage implements Sink, Feeder, ToxicStage {
  feeder: Feeder;
  next: Sink;
  readonly toxic: Toxic;
  closed = false;

  readonly #host: StageHost;
  readonly #state: unknown;
  readonly #queue: Chunk[] = [];
  readonly #timers = new Set<Timer>();
  #pipe: Pipe | undefined;
  #ended = false;
  #pumping = false;
  #waiting = false;
  #interrupted: (() => void) | undefined;
  #takenBytes = 0;
  #offsetBytes = 0;
  #reported = false;
  #dice: Random | undefined;
  #random: Random | undefined;

  constructor(toxic: Toxic, host: StageHost, feeder: Feeder, next: Sink) {
    this.toxic = toxic;
    this.#host = host;
    this.#state = toxic.definition.newState?.();
    this.feeder = feeder;
    this.next = next;
  }

  get random(): Random {
    return (this.#random ??= this.#host.random(this.toxic.name));
  }

  get ended(): boolean {
    return this.#ended;
  }

  get full(): boolean {
    return this.closed || this.#queue.length >= (this.toxic.definition.bufferChunks ?? 1);
  }

  nowMs(): number {
    return wallClock.elapsed();
  }

  push(chunk: Chunk): void {
    if (this.closed) return;
    this.#queue.push(chunk);
    this.#pump();
  }

  end(): void {
    this.#ended = true;
    this.#pump();
  }

  room(): void {
    this.#pump();
  }

  /** Starts the toxic, or lets data pass untouched if the dice say so. */
  run(): void {
    if (this.closed) return;
    this.#pipe = this.#strikes()
      ? this.toxic.definition.pipe(this.toxic.attributes, this, this.#state)
      : { chunk: (chunk) => this.pass(chunk) };
    this.#pump();
  }

  /** Stops the toxic; what it held goes on to the next stage. False if it is closed or bound to close. */
  interrupt(): boolean {
    if (this.closed || (this.#waiting && this.#interrupted === undefined)) return false;
    const letGo = this.#interrupted;
    this.#pipe = undefined;
    this.#stopWaiting();
    letGo?.();
    return true;
  }

  /** Passes on untouched whatever has queued, for a stage that is interrupted and about to go. */
  flush(): void {
    for (const chunk of this.#queue.splice(0)) this.pass(chunk);
  }

  pass(chunk: Chunk): void {
    this.next.push(chunk);
  }

  close(): void {
    if (this.closed) return;
    this.#host.closes(this.toxic);
    this.dispose();
    this.next.end();
  }

  /** Ends without a word to the next stage: the connection is gone. */
  dispose(): void {
    this.closed = true;
    this.#pipe = undefined;
    this.#queue.length = 0;
    this.#stopWaiting();
  }

  cut(how: ClosedHow): void {
    this.#host.cut(this.toxic, how);
  }

  after(ms: number, callback: () => void): Timer {
    const timer = afterNearest(ms, () => {
      this.#timers.delete(timer);
      callback();
    });
    this.#timers.add(timer);
    return {
      cancel: () => {
        timer.cancel();
        this.#timers.delete(timer);
      },
    };
  }

  wait(ms: number, then: () => void, interrupted?: () => void): void {
    if (ms <= 0) {
      then();
      return;
    }
    this.#waiting = true;
    this.#interrupted = interrupted;
    if (ms === Infinity) return;
    this.after(ms, () => {
      this.#waiting = false;
      this.#interrupted = undefined;
      // What `then` passes on may make room and come back here, with the rest of a chunk still in the toxic's hand.
      this.#pumping = true;
      then();
      this.#pumping = false;
      this.#pump();
    });
  }

  hit(): void {
    if (this.#reported) return;
    this.#reported = true;
    this.#host.hit(this.toxic, this.#offsetBytes);
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    // A toxic may close, wait or be replaced while it handles a chunk, so everything is looked at anew each time.
    while (this.#pipe !== undefined && !this.#waiting && !this.next.full) {
      const chunk = this.#queue.shift();
      if (chunk === undefined) break;
      this.#offsetBytes = this.#takenBytes;
      this.#takenBytes += chunk.data.length;
      this.#pipe.chunk(chunk);
    }
    if (this.#pipe !== undefined && !this.#waiting && this.#ended && this.#queue.length === 0) {
      this.#offsetBytes = this.#takenBytes;
      if (this.#pipe.end === undefined) this.close();
      else this.#pipe.end();
    }
    this.#pumping = false;
    if (!this.full) this.feeder.room();
  }

  /** Only a toxicity strictly between 0 and 1 draws, so that adding a certain toxic shifts nobody's decisions. */
  #strikes(): boolean {
    const { toxicity, name } = this.toxic;
    if (toxicity >= 1) return true;
    if (toxicity <= 0) return false;
    this.#dice ??= this.#host.random(`${name}/toxicity`);
    return this.#dice.chance(toxicity);
  }

  #stopWaiting(): void {
    this.#waiting = false;
    this.#interrupted = undefined;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }
}

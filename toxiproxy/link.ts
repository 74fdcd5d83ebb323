/**
 * One direction of a connection: reads a source, runs the chain of stages, writes a destination. Toxics come and go on
 * it while data flows, at the end of the chain and anywhere in it. Without toxics the source feeds the destination
 * directly. Who closes which socket, and how, is `connection.ts`'s business.
 */

import type { Socket } from "node:net";
import { wallClock } from "../core/clock.ts";
import { Stage, type Feeder, type Sink, type StageHost } from "./stage.ts";
import type { Toxic } from "./toxic.ts";

export interface LinkHost extends StageHost {
  /** Everything has been written: close the destination. */
  finish(): void;
}

export class Link implements Feeder {
  readonly #source: Socket;
  readonly #output: Output;
  readonly #host: LinkHost;
  #stages: Stage[] = [];
  #head: Sink;
  #ended = false;
  #disposed = false;

  constructor(source: Socket, destination: Socket, host: LinkHost) {
    this.#source = source;
    this.#host = host;
    this.#output = new Output(destination, this, host);
    this.#head = this.#output;
  }

  get writtenBytes(): number {
    return this.#output.writtenBytes;
  }

  /** Takes the toxics that are installed and begins to read. */
  start(toxics: readonly Toxic[]): void {
    for (const toxic of toxics) this.#append(toxic);
    for (const stage of this.#stages) stage.run();
    this.#source.on("data", (data: Buffer) => {
      // Nobody is left to read this; it is taken all the same, so that the source's end is seen.
      if (this.#disposed) return;
      this.#head.push({ data, atMs: wallClock.elapsed() });
      if (this.#head.full) this.#source.pause();
    });
    this.#source.resume();
  }

  /** The source has ended, or is gone. */
  end(): void {
    if (this.#ended || this.#disposed) return;
    this.#ended = true;
    this.#head.end();
  }

  /** The destination is gone. */
  dispose(): void {
    this.#disposed = true;
    for (const stage of this.#stages) stage.dispose();
    this.#source.resume();
  }

  room(): void {
    if (this.#source.isPaused() && !this.#head.full) this.#source.resume();
  }

  /** What the stage before the new one holds goes out past the new toxic, which sees only what comes after it. */
  add(toxic: Toxic): void {
    const last = this.#stages.at(-1);
    if (this.#disposed || this.#output.ended) return;
    const interrupted = last?.interrupt() ?? false;
    const stage = this.#append(toxic);
    stage.run();
    if (interrupted) last?.run();
    else if (last === undefined && this.#ended) stage.end();
  }

  update(toxic: Toxic): void {
    const stage = this.#find(toxic);
    if (stage?.interrupt() === true) stage.run();
  }

  remove(toxic: Toxic): void {
    const stage = this.#find(toxic);
    const how = this.#disposed ? undefined : toxic.definition.endsWhenRemoved?.(toxic.attributes);
    if (stage !== undefined && how !== undefined) {
      stage.cut(how);
      return;
    }
    if (stage?.interrupt() !== true) return;
    toxic.definition.cleanup?.(stage);
    if (stage.closed) return;

    // What the stage before lets go of still passes through the queue of the one that goes, so that order holds.
    const before = this.#stages[this.#stages.indexOf(stage) - 1];
    const interrupted = before?.interrupt() ?? false;
    stage.flush();
    if (stage.ended) {
      stage.close();
      return;
    }
    this.#stages = this.#stages.filter((other) => other !== stage);
    stage.next.feeder = stage.feeder;
    if (before === undefined) this.#head = stage.next;
    else before.next = stage.next;
    stage.dispose();
    if (interrupted) before?.run();
    else this.room();
  }

  #append(toxic: Toxic): Stage {
    const last = this.#stages.at(-1);
    const stage = new Stage(toxic, this.#host, last ?? this, this.#output);
    this.#output.feeder = stage;
    if (last === undefined) this.#head = stage;
    else last.next = stage;
    this.#stages.push(stage);
    return stage;
  }

  #find(toxic: Toxic): Stage | undefined {
    return this.#stages.find((stage) => stage.toxic === toxic);
  }
}

/** The end of the chain: the destination socket, full while its own buffer is. */
class Output implements Sink {
  feeder: Feeder;
  full = false;
  ended = false;
  writtenBytes = 0;
  readonly #destination: Socket;
  readonly #host: LinkHost;

  constructor(destination: Socket, feeder: Feeder, host: LinkHost) {
    this.#destination = destination;
    this.#host = host;
    this.feeder = feeder;
    destination.on("drain", () => {
      this.full = false;
      this.feeder.room();
    });
  }

  push({ data }: { data: Buffer }): void {
    if (this.ended || data.length === 0 || !this.#destination.writable) return;
    this.writtenBytes += data.length;
    this.full = !this.#destination.write(data);
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.#host.finish();
  }
}

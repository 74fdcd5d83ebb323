/**
 * Makes lines of what the client prints, at a bounded cost. It is always read, so that a client never blocks on its
 * output: a flood is cut off here instead. So much of each second of the wall is looked at line by line; of the rest
 * only telemetry is, which is found by how its lines begin, and what is left out is counted.
 */

import { wallClock } from "../../core/clock.ts";

export const longestLine = 64 * 1_024;
/** A busy client at a high compression prints some hundred lines a second of the wall. */
const mostLinesASecond = 10_000;
const mostBytesASecond = 4 * 2 ** 20;
const windowMs = 1_000;
/** Enough of a block's end for the last words of a client that dies in a flood. */
const endBytes = 4_096;
const newline = 10;

export interface Dropped {
  lines: number;
  bytes: number;
}

export interface LineSink {
  line(text: string): void;
  /** What was not looked at in one second; reported when the next begins, or at the end. */
  dropped(what: Dropped): void;
  /** The last lines of what was not looked at. */
  unseenEnd(lines: readonly string[]): void;
}

export class OutputLines {
  readonly #sink: LineSink;
  /** What a line begins with that is looked at in any case; no line is where it is undefined. */
  readonly #wanted: Buffer | undefined;
  /** The same, with the end of the line before it. */
  readonly #nextWanted: Buffer | undefined;
  /** The beginning of a line that is not complete. */
  #rest: Buffer = Buffer.alloc(0);
  #windowFromMs = -Infinity;
  #seen: Dropped = { lines: 0, bytes: 0 };
  #dropped: Dropped = { lines: 0, bytes: 0 };

  constructor(sink: LineSink, wantedPrefix?: string) {
    this.#sink = sink;
    if (wantedPrefix === undefined) return;
    this.#wanted = Buffer.from(wantedPrefix);
    this.#nextWanted = Buffer.from(`\n${wantedPrefix}`);
  }

  read(chunk: Buffer): void {
    this.#beginSecond();
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) this.#block(Buffer.concat([this.#rest, chunk.subarray(0, end)]));
    const rest = end > 0 ? chunk.subarray(end) : Buffer.concat([this.#rest, chunk]);
    this.#rest = Buffer.from(rest.subarray(0, longestLine));
    this.#dropped.bytes += rest.length - this.#rest.length;
  }

  /** There is no more to come: an incomplete line is one, too. */
  end(): void {
    if (this.#rest.length > 0) this.#sink.line(this.#rest.toString());
    this.#rest = Buffer.alloc(0);
    this.#tellDropped();
  }

  /** Whole lines. */
  #block(block: Buffer): void {
    let from = 0;
    let unseen = false;
    while (from < block.length) {
      const wanted = this.#wanted?.equals(block.subarray(from, from + this.#wanted.length));
      if (wanted === true || (this.#seen.lines < mostLinesASecond && this.#seen.bytes < mostBytesASecond)) {
        from = this.#take(block, from);
      } else {
        unseen = true;
        from = this.#skip(block, from);
      }
    }
    if (!unseen) return;
    const end = block.subarray(-endBytes).toString().split("\n");
    // Of a block that is longer the first one is the end of a line.
    this.#sink.unseenEnd(end.slice(block.length > endBytes ? 1 : 0, -1));
  }

  /** @returns Where the next line begins. */
  #take(block: Buffer, from: number): number {
    const end = block.indexOf(newline, from);
    this.#seen.lines += 1;
    this.#seen.bytes += end + 1 - from;
    const kept = Math.min(end, from + longestLine);
    this.#dropped.bytes += end - kept;
    this.#sink.line(block.toString("utf8", from, kept));
    return end + 1;
  }

  /** Leaves out all up to the next line that is wanted in any case. @returns Where that begins. */
  #skip(block: Buffer, from: number): number {
    const found = this.#nextWanted === undefined ? -1 : block.indexOf(this.#nextWanted, from);
    const end = found === -1 ? block.length : found + 1;
    this.#dropped.bytes += end - from;
    for (let at = block.indexOf(newline, from); at !== -1 && at < end; at = block.indexOf(newline, at + 1)) {
      this.#dropped.lines += 1;
    }
    return end;
  }

  #beginSecond(): void {
    const nowMs = wallClock.elapsed();
    if (nowMs < this.#windowFromMs + windowMs) return;
    this.#tellDropped();
    this.#windowFromMs = nowMs;
    this.#seen = { lines: 0, bytes: 0 };
  }

  #tellDropped(): void {
    if (this.#dropped.bytes > 0) this.#sink.dropped(this.#dropped);
    this.#dropped = { lines: 0, bytes: 0 };
  }
}

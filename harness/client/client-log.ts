/**
 * What the client printed: every line goes to `client.log` with its incident time, telemetry lines also to the
 * journal, and how often equal ones came (see `said.ts`). The last lines are kept for messages. A line is bounded, so that a client that prints without end of line
 * cannot fill the memory.
 */

import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Readable } from "node:stream";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { Said } from "./said.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** A line of the client's log, quoted because of what happened then. `loggedAt`: incident ms since the start. */
    "client.logged": { loggedAt: number; text: string };
  }
}

const telemetryPrefix = '{"firedrill":';
const longestLine = 64 * 1_024;
const tailLines = 20;
/** A client that prints a lot at a bad moment must not fill the journal. */
const mostQuoted = 60;
const longestQuote = 500;

interface LogLine {
  at: number;
  text: string;
}

export class ClientLog {
  readonly #clock: Clock;
  readonly #journal: JournalSink;
  readonly #file: WriteStream;
  readonly #tail: LogLine[] = [];
  #quoteUntil = -Infinity;
  #quoted = 0;
  readonly #said: Said;

  constructor(clock: Clock, journal: JournalSink, path: string) {
    this.#clock = clock;
    this.#journal = journal;
    this.#file = createWriteStream(path, { flags: "a" });
    this.#said = new Said(clock, journal);
  }

  /** Reads a stream of the client to its end. */
  follow(stream: Readable, name: "out" | "err"): void {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = (lines.pop() ?? "").slice(0, longestLine);
      for (const line of lines) this.#line(line.slice(0, longestLine), name);
    });
    stream.on("end", () => {
      if (rest !== "") this.#line(rest, name);
    });
  }

  /** The last line that is not telemetry, or undefined. */
  lastWords(): string | undefined {
    return this.#tail.at(-1)?.text;
  }

  /** Journals the log's lines from then (as far as they are kept) and for so long from now, at most sixty. */
  quote({ sinceAt, forMs }: { sinceAt: number; forMs: number }): void {
    const quotedBefore = this.#quoteUntil >= this.#clock.elapsed();
    this.#quoteUntil = this.#clock.elapsed() + forMs;
    this.#quoted = 0;
    // What was quoted already is not quoted again.
    if (!quotedBefore) this.#tail.filter(({ at }) => at >= sinceAt).forEach((line) => this.#quote(line));
  }

  async close(): Promise<void> {
    this.#said.end();
    this.#file.end();
    await finished(this.#file);
  }

  #line(line: string, name: "out" | "err"): void {
    this.#file.write(`${new Date(this.#clock.now()).toISOString()} ${name} ${line}\n`);
    if (name === "out" && line.startsWith(telemetryPrefix)) this.#telemetry(line);
    else if (line.trim() !== "") {
      const kept = { at: this.#clock.elapsed(), text: line.trim() };
      this.#said.count(kept.text);
      this.#tail.push(kept);
      if (this.#tail.length > tailLines) this.#tail.shift();
      if (kept.at <= this.#quoteUntil) this.#quote(kept);
    }
  }

  #quote({ at, text }: LogLine): void {
    this.#quoted += 1;
    if (this.#quoted > mostQuoted) return;
    this.#journal.write("client.logged", { loggedAt: Math.round(at), text: text.slice(0, longestQuote) });
  }

  #telemetry(line: string): void {
    try {
      const { firedrill, ...data } = JSON.parse(line) as { firedrill: unknown };
      if (typeof firedrill === "string") this.#journal.write("client.telemetry", { event: firedrill, data });
    } catch {
      // A half-printed line stays in the log; it tells us nothing we could judge.
    }
  }
}

/**
 * What the client printed: every line goes to `client.log` with its incident time, telemetry lines also to the
 * journal. The last lines are kept for messages. A line is bounded, so that a client that prints without end of line
 * cannot fill the memory.
 */

import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Readable } from "node:stream";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";

const telemetryPrefix = '{"firedrill":';
const longestLine = 64 * 1_024;
const tailLines = 20;

export class ClientLog {
  readonly #clock: Clock;
  readonly #journal: JournalSink;
  readonly #file: WriteStream;
  readonly #tail: string[] = [];

  constructor(clock: Clock, journal: JournalSink, path: string) {
    this.#clock = clock;
    this.#journal = journal;
    this.#file = createWriteStream(path, { flags: "a" });
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
    return this.#tail.at(-1);
  }

  async close(): Promise<void> {
    this.#file.end();
    await finished(this.#file);
  }

  #line(line: string, name: "out" | "err"): void {
    this.#file.write(`${new Date(this.#clock.now()).toISOString()} ${name} ${line}\n`);
    if (name === "out" && line.startsWith(telemetryPrefix)) this.#telemetry(line);
    else if (line.trim() !== "") {
      this.#tail.push(line.trim());
      if (this.#tail.length > tailLines) this.#tail.shift();
    }
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

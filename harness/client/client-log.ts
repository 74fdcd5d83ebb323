/**
 * What the client printed: its lines go to `client.log` with their incident time, telemetry lines also to the journal,
 * and how often equal ones came (see `printed-lines.ts`). The last lines are kept for messages. The client is always read, so
 * that it never waits for Firedrill to read on. What that may cost is bounded: `output-lines.ts` bounds what is looked
 * at in a second, `log-file.ts` the file, and here is the bound of what telemetry may take of the journal. All that is
 * left out is journaled, with how much it was.
 */

import type { Readable } from "node:stream";
import { isoLocal, type Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { lastWords, type LastWords } from "./last-words.ts";
import { LogFile } from "./log-file.ts";
import { OutputLines, type Dropped } from "./output-lines.ts";
import { PrintedLines } from "./printed-lines.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** A line of the client's log, quoted because of what happened then. `loggedAt`: incident ms since the start. */
    "client.logged": { loggedAt: number; text: string };
    /**
     * What the client printed and Firedrill left out: `lines` that came too many in a second to be looked at, `log` lines
     * that are not in `client.log` because it is full, `telemetry` lines that the journal had no more room for.
     */
    "client.output-dropped": { what: "lines" | "log" | "telemetry"; lines: number; bytes: number };
  }
}

const telemetryPrefix = '{"firedrill":';
/** A report of what ended a client may be long. */
const tailLines = 200;
const longestKept = 1_000;
/** A client that prints a lot at a bad moment must not fill the journal. */
const mostQuoted = 60;
const longestQuote = 500;
/** Twelve hours of a client that reports fifteen symbols' decisions every ten seconds are a third of it. */
const mostTelemetryBytes = 64 * 2 ** 20;
/** What an event costs in memory besides its text. */
const eventBytes = 256;

interface LogLine {
  at: number;
  text: string;
}

export class ClientLog {
  readonly #clock: Clock;
  readonly #timezone: string;
  readonly #redact: (line: string) => string;
  readonly #journal: JournalSink;
  readonly #file: LogFile;
  readonly #tail: LogLine[] = [];
  readonly #printed: PrintedLines;
  readonly #streams = new Set<OutputLines>();
  #quoteUntil = -Infinity;
  #quoted = 0;
  #telemetryBytes = 0;
  #telemetryDropped: Dropped = { lines: 0, bytes: 0 };
  #closed = false;

  /** @param timezone Of the dates in the log. @param redact Gives a line as it may be kept. */
  constructor(
    clock: Clock,
    journal: JournalSink,
    path: string,
    { timezone = "UTC", redact = (line: string): string => line } = {},
  ) {
    this.#clock = clock;
    this.#timezone = timezone;
    this.#redact = redact;
    this.#journal = journal;
    this.#file = new LogFile(path);
    this.#printed = new PrintedLines(clock, journal);
  }

  /** Reads a stream of the client to its end. */
  follow(stream: Readable, name: "out" | "err"): void {
    const sink = {
      line: (text: string) => this.#line(text, name),
      dropped: (what: Dropped) => this.#dropped(what, name),
      unseenEnd: (lines: readonly string[]) => lines.forEach((text) => this.#remember(this.#redact(text))),
    };
    const lines = new OutputLines(sink, name === "out" ? telemetryPrefix : undefined);
    this.#streams.add(lines);
    const end = (): void => {
      if (this.#streams.delete(lines)) lines.end();
    };
    // What the client has left running may hold the stream open when all is over.
    stream.on("data", (chunk: Buffer) => this.#streams.has(lines) && lines.read(chunk));
    stream.on("end", end);
    stream.on("close", end);
  }

  /** What it printed last, or what it printed of its end, telemetry aside. Undefined where it printed nothing. */
  lastWords(): LastWords | undefined {
    return lastWords(this.#tail.map(({ text }) => text));
  }

  /** Journals the log's lines from then (as far as they are kept) and for so long from now, at most sixty. */
  quote({ sinceAt, forMs }: { sinceAt: number; forMs: number }): void {
    const quotedBefore = this.#quoteUntil >= this.#clock.elapsed();
    this.#quoteUntil = this.#clock.elapsed() + forMs;
    this.#quoted = 0;
    // What was quoted already is not quoted again.
    if (!quotedBefore) this.#tail.filter(({ at }) => at >= sinceAt).forEach((line) => this.#quote(line));
  }

  /** Nothing that is printed from now on is kept. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#streams.forEach((lines) => lines.end());
    this.#streams.clear();
    this.#closed = true;
    this.#printed.end();
    if (this.#telemetryDropped.lines > 0) this.#reportDropped("telemetry", this.#telemetryDropped);
    const missing = await this.#file.close();
    if (missing.lines > 0) this.#reportDropped("log", missing);
  }

  #line(printed: string, name: "out" | "err"): void {
    const line = this.#redact(printed);
    this.#file.write(`${this.#stamp()} ${name} ${line}`);
    if (name === "out" && printed.startsWith(telemetryPrefix)) this.#telemetry(printed);
    else if (line.trim() !== "") {
      this.#printed.count(line.trim());
      const kept = this.#remember(line);
      if (kept.at <= this.#quoteUntil) this.#quote(kept);
    }
  }

  #dropped(what: Dropped, name: "out" | "err"): void {
    this.#file.write(
      `${this.#stamp()} ${name} [firedrill: ${what.lines} lines, ${what.bytes} bytes, are missing here: too much in a second]`,
    );
    this.#printed.countUnseen(what.lines);
    this.#reportDropped("lines", what);
  }

  #reportDropped(what: "lines" | "log" | "telemetry", { lines, bytes }: Dropped): void {
    this.#journal.write("client.output-dropped", { what, lines, bytes });
  }

  #remember(line: string): LogLine {
    const kept = { at: this.#clock.elapsed(), text: line.slice(0, longestKept).trimEnd() };
    this.#tail.push(kept);
    if (this.#tail.length > tailLines) this.#tail.shift();
    return kept;
  }

  #quote({ at, text }: LogLine): void {
    this.#quoted += 1;
    if (this.#quoted > mostQuoted || text.trim() === "") return;
    this.#journal.write("client.logged", { loggedAt: Math.round(at), text: text.trim().slice(0, longestQuote) });
  }

  #telemetry(line: string): void {
    this.#telemetryBytes += line.length + eventBytes;
    if (this.#telemetryBytes > mostTelemetryBytes) {
      this.#telemetryDropped.lines += 1;
      this.#telemetryDropped.bytes += line.length + 1;
      return;
    }
    try {
      const { firedrill, ...data } = JSON.parse(line) as { firedrill: unknown };
      if (typeof firedrill === "string") this.#journal.write("client.telemetry", { event: firedrill, data });
    } catch {
      // A half-printed line stays in the log; nothing in it can be judged.
    }
  }

  #stamp(): string {
    return isoLocal(this.#clock.now(), this.#timezone);
  }
}

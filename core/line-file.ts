/**
 * A file that lines are added to, many and often: they are gathered for a moment and written together, because handed
 * over one by one they cost more than what they report. For its owner alone: what clients print may be secret. What it
 * could not keep, as on a full disk, is known when it is closed.
 */

import { createHash } from "node:crypto";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { wallClock } from "./clock.ts";
import { FiredrillError, messageOf } from "./errors.ts";

/** Wall time in which a line may be lost where the process is killed. */
const gatherMs = 1_000;
/** What is gathered at the most, in characters. */
const gatherAtMost = 64 * 1_024;

export class LineFile {
  readonly #path: string;
  readonly #hash = createHash("sha256");
  #file: WriteStream | undefined;
  #gathered = "";
  #failure: unknown;

  /** What was in it is gone. */
  constructor(path: string) {
    this.#path = path;
    this.#file = createWriteStream(path, { mode: 0o600 });
    this.#file.on("error", (error) => (this.#failure = error));
  }

  get closed(): boolean {
    return this.#file === undefined;
  }

  /** @param line Without its end. Dropped once the file is closed: a straggler may still write. */
  write(line: string): void {
    if (this.#file === undefined || this.#failure !== undefined) return;
    if (this.#gathered === "") wallClock.after(gatherMs, () => this.#flush());
    this.#gathered += `${line}\n`;
    if (this.#gathered.length > gatherAtMost) this.#flush();
  }

  /**
   * Resolves once the file holds everything. @returns The SHA-256 of what was written, in hex.
   * @throws FiredrillError where the file could not be written.
   */
  async close(): Promise<string> {
    const file = this.#file;
    if (file !== undefined) {
      this.#flush();
      this.#file = undefined;
      file.end();
      await finished(file).catch((error: unknown) => (this.#failure = error));
    }
    if (this.#failure !== undefined) {
      throw new FiredrillError(
        `Cannot write ${this.#path}: ${messageOf(this.#failure)}. Make room there, or choose another folder with --output.`,
        { cause: this.#failure },
      );
    }
    return this.#hash.copy().digest("hex");
  }

  #flush(): void {
    if (this.#gathered !== "" && this.#file !== undefined) {
      this.#hash.update(this.#gathered);
      this.#file.write(this.#gathered);
    }
    this.#gathered = "";
  }
}

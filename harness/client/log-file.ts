/**
 * `client.log` on disk, no larger than 33 MiB: the first 32 as they come, then the last one at the end, with a line
 * between that says how much is missing. Only its owner may read it: clients print what is secret.
 */

import { LineFile } from "../../core/line-file.ts";
import type { Dropped } from "./output-lines.ts";

const headBytes = 32 * 2 ** 20;
/** Kept in two halves, of which the older is given up when the newer is full. */
const tailBytes = 2 ** 20;

interface Half extends Dropped {
  text: string;
}
const empty = (): Half => ({ text: "", lines: 0, bytes: 0 });

export class LogFile {
  readonly #file: LineFile;
  #written = 0;
  #older = empty();
  #newer = empty();
  #missing: Dropped = { lines: 0, bytes: 0 };

  constructor(path: string) {
    this.#file = new LineFile(path);
  }

  write(line: string): void {
    // A helper that the client has left may print when all is over.
    if (this.#file.closed) return;
    const bytes = Buffer.byteLength(line) + 1;
    if (this.#written + bytes <= headBytes && this.#newer.bytes === 0) {
      this.#written += bytes;
      this.#file.write(line);
      return;
    }
    if (this.#newer.bytes + bytes > tailBytes / 2) {
      this.#missing.lines += this.#older.lines;
      this.#missing.bytes += this.#older.bytes;
      this.#older = this.#newer;
      this.#newer = empty();
    }
    this.#newer.text += `${line}\n`;
    this.#newer.lines += 1;
    this.#newer.bytes += bytes;
  }

  /** @returns What of all that was written is not in the file. */
  async close(): Promise<Dropped> {
    const { lines, bytes } = this.#missing;
    if (lines > 0)
      this.#file.write(`[firedrill: ${lines} lines, ${bytes} bytes, are missing here: the log is too long]`);
    const last = this.#older.text + this.#newer.text;
    if (last !== "") this.#file.write(last.slice(0, -1));
    await this.#file.close();
    return this.#missing;
  }
}

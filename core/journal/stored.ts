/** Reads a journal back from disk, so that a finished run can be judged again. */

import { readFile } from "node:fs/promises";
import { FiredrillError, messageOf } from "../errors.ts";
import type { JournalEvent } from "./event.ts";
import { JournalView } from "./view.ts";

export async function readJournal(path: string): Promise<JournalView> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new FiredrillError(
      `Cannot read the journal ${path}: ${messageOf(error)}. Give the folder of a finished run.`,
      {
        cause: error,
      },
    );
  }
  const lines = text.split("\n").filter((line) => line !== "");
  return new JournalView(lines.map((line, index) => parse(line, index, path)));
}

function parse(line: string, index: number, path: string): JournalEvent {
  try {
    return JSON.parse(line) as JournalEvent;
  } catch (error) {
    throw new FiredrillError(
      `Cannot read line ${index + 1} of the journal ${path}: ${messageOf(error)}. The run was cut off or the file was edited; run the scenario again.`,
      { cause: error },
    );
  }
}

/** Reads a journal back from disk, so that a finished run can be judged again. */

import { readFile } from "node:fs/promises";
import { FiredrillError, messageOf } from "../errors.ts";
import { readJournalText, type ReadJournal } from "./damage.ts";
import { JournalView } from "./view.ts";

/** @param sha256 As the run's result holds it; null where only the journal's form can be looked at. */
export async function readStored(path: string, sha256: string | null): Promise<ReadJournal> {
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
  return readJournalText(text, sha256);
}

/** @throws FiredrillError where the journal is not what its run has written. */
export async function readJournal(path: string, sha256: string | null): Promise<JournalView> {
  const read = await readStored(path, sha256);
  if (read.damage === undefined) return new JournalView(read.events);
  throw new FiredrillError(damageText(path, read.damage.text));
}

export const damageText = (path: string, damage: string): string =>
  `The journal ${path} cannot be judged: ${damage}. Run the scenario again.`;

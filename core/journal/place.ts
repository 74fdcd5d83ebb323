/** Where in a stored journal something is: the file in its play's folder, and the line as an editor counts, from 1. */

export const journalFile = "journal.ndjson";

export const lineNumber = ({ seq }: { seq: number }): number => seq + 1;

/** `journal.ndjson:491`. */
export const placeOf = (event: { seq: number }): string => `${journalFile}:${lineNumber(event)}`;

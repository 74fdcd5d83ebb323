import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentClock } from "../clock.ts";
import { FiredrillError } from "../errors.ts";
import { Journal } from "./journal.ts";
import { readJournal } from "./stored.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "firedrill-stored-"));
  path = join(folder, "journal.ndjson");
  const journal = new Journal(incidentClock({ start: 0, compression: 1 }), path);
  for (const text of ["a", "b", "c"]) journal.write("note", { text });
  await journal.close();
});
afterEach(() => rm(folder, { recursive: true }));

test("reads back what was written", async () => {
  const stored = await readJournal(path);
  expect(stored.all("note").map(({ seq, text }) => [seq, text])).toEqual([
    [0, "a"],
    [1, "b"],
    [2, "c"],
  ]);
});

test("a missing file is an error that says what to give", async () => {
  const error: unknown = await readJournal(join(folder, "none.ndjson")).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FiredrillError);
  expect((error as Error).message).toMatch(
    /Cannot read the journal .*none\.ndjson: .* Give the folder of a finished run/,
  );
});

test("a file that was cut off is an error that names the line", async () => {
  await writeFile(path, (await readFile(path, "utf8")).slice(0, -5));
  const error: unknown = await readJournal(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FiredrillError);
  expect((error as Error).message).toMatch(
    /Cannot read line 3 of the journal .* The run was cut off or the file was edited/,
  );
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentClock } from "../clock.ts";
import { FiredrillError } from "../errors.ts";
import { firstType, journalVersion, lastType } from "./damage.ts";
import { Journal } from "./journal.ts";
import { readJournal } from "./stored.ts";

let folder: string;
let path: string;
let sha256: string | null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "firedrill-stored-"));
  path = join(folder, "journal.ndjson");
  const journal = new Journal(incidentClock({ start: 0, compression: 1 }), path);
  journal.write(firstType, { version: journalVersion } as never);
  for (const text of ["a", "b", "c"]) journal.write("note", { text });
  journal.write(lastType, {} as never);
  sha256 = await journal.close();
});
afterEach(() => rm(folder, { recursive: true }));

const mistake = async (of = path): Promise<string> => {
  const error: unknown = await readJournal(of, sha256).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FiredrillError);
  return (error as Error).message;
};

test("reads back what was written", async () => {
  const stored = await readJournal(path, sha256);
  expect(stored.all("note").map(({ seq, text }) => [seq, text])).toEqual([
    [1, "a"],
    [2, "b"],
    [3, "c"],
  ]);
});

test("a missing file is an error that says what to give", async () => {
  expect(await mistake(join(folder, "none.ndjson"))).toMatch(
    /Cannot read the journal .*none\.ndjson: .* Give the folder of a finished run/,
  );
});

test("a file that was cut off is an error that names the line", async () => {
  await writeFile(path, (await readFile(path, "utf8")).slice(0, -5));
  expect(await mistake()).toMatch(
    /^The journal .* cannot be judged: it ends in the middle of line 5: it was cut off\. Run the scenario again\.$/,
  );
});

test("a file in which one word was changed is an error", async () => {
  await writeFile(path, (await readFile(path, "utf8")).replace('"b"', '"B"'));
  expect(await mistake()).toContain("its SHA-256 is not the one that its run's result holds: it was edited");
});

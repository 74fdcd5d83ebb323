import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import { journalOf, runStarted } from "../../test/support/journal.ts";
import { readPlays } from "./stored-run.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-test-"))));
afterEach(() => rm(folder, { recursive: true }));

const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};
const putJournal = (path: string, client: string) =>
  put(
    path,
    journalOf(runStarted({ scenario: "day", client }))
      .events.map((event) => JSON.stringify(event))
      .join("\n"),
  );
const putResult = (...clients: string[]) =>
  put("result.json", JSON.stringify({ results: clients.map((client) => ({ scenario: "day", client })) }));
const clientsOf = async (path: string) => (await readPlays(path)).map(({ result }) => result.client);

describe("a run", () => {
  beforeEach(async () => {
    await putResult("bot", "reference");
    await putJournal("day/bot/journal.ndjson", "bot");
    await putJournal("day/reference/journal.ndjson", "reference");
  });

  test("is all its plays, each with its journal", async () => {
    expect(await clientsOf(folder)).toEqual(["bot", "reference"]);
    expect((await readPlays(folder))[1]?.journal.first("run.started")?.client).toBe("reference");
  });

  test("may be the folder of one play, or its journal", async () => {
    expect(await clientsOf(join(folder, "day/reference"))).toEqual(["reference"]);
    expect(await clientsOf(join(folder, "day/bot/journal.ndjson"))).toEqual(["bot"]);
  });
});

describe("no run", () => {
  const mistake = async (): Promise<string> => {
    const error: unknown = await readPlays(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FiredrillError);
    return (error as Error).message;
  };

  test("an empty folder", async () =>
    expect(await mistake()).toMatch(/^There is no journal\.ndjson below .*Give a run's folder/));

  test("a run that did not finish", async () => {
    await putJournal("day/bot/journal.ndjson", "bot");
    expect(await mistake()).toMatch(
      /^There is no result\.json for .*: that run did not finish\. Run the scenario again/,
    );
  });

  test("a result that is no JSON", async () => {
    await putJournal("day/bot/journal.ndjson", "bot");
    await put("result.json", "{");
    expect(await mistake()).toMatch(/result\.json is no JSON\. Run the scenario again\.$/);
  });

  test("a journal that the result does not know", async () => {
    await putJournal("day/bot/journal.ndjson", "bot");
    await putResult("reference");
    expect(await mistake()).toMatch(/journal\.ndjson is not in the result\.json of its run/);
  });

  test("repeats, of which one has to be chosen", async () => {
    await putResult("bot");
    await putJournal("day/bot/journal.ndjson", "bot");
    await putJournal("day/bot-2/journal.ndjson", "bot");
    expect(await mistake()).toMatch(/holds day × bot more than once.*Give the folder of one, such as .*bot-2\.$/);
  });
});

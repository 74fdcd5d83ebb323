import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FiredrillError } from "../../../core/errors.ts";
import { journalOf, line, runStarted } from "../../../test/support/journal.ts";
import { runResult } from "../../../test/support/stored-result.ts";
import type { ScenarioResult } from "../result.ts";
import { findPlays, playName, readPlays } from "./stored-run.ts";
import { unjudged } from "../unplayed.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-test-"))));
afterEach(() => rm(folder, { recursive: true }));

const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};
const journalText = (client: string): string =>
  journalOf(runStarted({ scenario: "day", client }), line("23:00", "run.ended", { wallMs: 5 }))
    .events.map((event) => `${JSON.stringify(event)}\n`)
    .join("");
const putJournal = (path: string, client: string) => put(path, journalText(client));
/** @param recorded Client and the folder of its journal. */
const putResult = (...recorded: [client: string, folder: string][]) =>
  put(
    "result.json",
    JSON.stringify(
      runResult(
        recorded.map(([client, of]) => ({
          ...{ scenario: "day", client, journal: `${of}/journal.ndjson` },
          journalSha256: createHash("sha256").update(journalText(client)).digest("hex"),
        })),
      ),
    ),
  );
const clientsOf = async (path: string) => (await readPlays(path)).map(({ result }) => result.client);

describe("a run", () => {
  beforeEach(async () => {
    await putResult(["bot", "day/bot"], ["reference", "day/reference"]);
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

  test("a result of another shape, such as an older one's", async () => {
    await put("result.json", JSON.stringify({ ...runResult([]), schema: "firedrill.result/1" }));
    expect(await mistake()).toMatch(/result\.json is no result of a run\. Run the scenario again/);
  });

  test("a result that is no JSON", async () => {
    await putJournal("day/bot/journal.ndjson", "bot");
    await put("result.json", "{");
    expect(await mistake()).toMatch(/result\.json is no result of a run\. Run the scenario again\.$/);
  });

  test("a journal that the result does not know", async () => {
    await putJournal("day/bot/journal.ndjson", "bot");
    await putResult();
    expect(await mistake()).toMatch(/journal\.ndjson is not in the result\.json of its run/);
  });

  test("repeats, of which one has to be chosen", async () => {
    await putResult(["bot", "day/bot"], ["bot", "day/bot-2"]);
    await putJournal("day/bot/journal.ndjson", "bot");
    await putJournal("day/bot-2/journal.ndjson", "bot");
    expect(await mistake()).toMatch(/holds day × bot more than once.*Give the folder of one, such as .*bot-2\.$/);
  });
});

describe("trials", () => {
  const sessions = { "day/bot": ["1000", "1001"], "day/bot/1011": ["1011"] };
  const trialsText = (trials: readonly string[]): string =>
    journalOf(
      runStarted({ scenario: "day", client: "bot" }),
      trials.flatMap((trial, n) => [
        line(`23:${n}0`, "trial.started", { trial }),
        line(`23:${n}5`, "trial.ended", { trial, goesOn: true, wallMs: 5 }),
      ]),
      line("23:59", "run.ended", { wallMs: 5 }),
    )
      .events.map((event) => `${JSON.stringify(event)}\n`)
      .join("");
  beforeEach(async () => {
    const results: Partial<ScenarioResult>[] = [];
    for (const [of, trials] of Object.entries(sessions)) {
      const text = trialsText(trials);
      const journalSha256 = createHash("sha256").update(text).digest("hex");
      await put(`${of}/journal.ndjson`, text);
      const journal = `${of}/journal.ndjson`;
      results.push(...trials.map((trial) => ({ scenario: "day", trial, client: "bot", journal, journalSha256 })));
    }
    await put("result.json", JSON.stringify(runResult(results)));
  });

  test("are found in the journal of each session", async () => {
    const plays = await readPlays(folder);
    expect(plays.map(({ result }) => playName(result))).toEqual(
      ["1011", "1000", "1001"].map((id) => `day/${id} × bot`),
    );
    expect(plays.map(({ journal }) => journal.all("trial.started").map(({ trial }) => trial))).toEqual([
      ...[["1011"], ["1000"], ["1001"]],
    ]);
  });

  test("none of a damaged session is judged, and those of the other are", async () => {
    await put("day/bot/journal.ndjson", trialsText(["1000"]));
    const plays = await findPlays(folder);
    const names = plays.flatMap((play) => ("damage" in play.found ? unjudged(play, play.found.damage) : []));
    expect(names.map(playName)).toEqual(["day/1000 × bot", "day/1001 × bot"]);
    expect(names.map(({ verdict, valid }) => [verdict, valid])).toEqual(Array(2).fill(["unknown", false]));
  });

  test("a journal that no result names is named by its folders", async () => {
    await rm(join(folder, "result.json"));
    const names = (await findPlays(folder)).flatMap((play) => unjudged(play, ""));
    expect(names.map(playName)).toEqual(["day/1011 × bot", "day × bot"]);
  });
});

describe("what cannot be judged is named", () => {
  const damages = async (): Promise<string[]> =>
    (await findPlays(folder)).map(({ found }) => ("damage" in found ? found.damage : "whole"));
  beforeEach(async () => {
    await putResult(["bot", "day/bot"], ["reference", "day/reference"]);
    await putJournal("day/bot/journal.ndjson", "bot");
    await putJournal("day/reference/journal.ndjson", "reference");
  });

  test("nothing where all is whole", async () => expect(await damages()).toEqual(["whole", "whole"]));

  test("a journal that was removed", async () => {
    await rm(join(folder, "day/bot"), { recursive: true });
    expect(await damages()).toEqual([expect.stringContaining("it is gone"), "whole"]);
  });

  test("another client's journal in its place", async () => {
    await putJournal("day/bot/journal.ndjson", "reference");
    expect(await damages()).toEqual([expect.stringContaining("it was edited"), "whole"]);
  });

  test("a journal without a result, and one that its result does not name", async () => {
    await rm(join(folder, "result.json"));
    expect(await damages()).toEqual(
      Array(2).fill(expect.stringContaining("there is no result.json that holds its hash")),
    );
    await putResult(["bot", "day/bot"]);
    expect(await damages()).toEqual(["whole", expect.stringContaining("does not name it")]);
  });
});

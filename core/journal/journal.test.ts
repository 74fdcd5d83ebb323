import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { incidentClock } from "../clock.ts";
import { seconds } from "../units.ts";
import type { JournalEvent } from "./event.ts";
import { Journal } from "./journal.ts";

const clock = () => incidentClock({ start: 0, compression: 600 });

test("events are numbered from 0 in the order they were written, with the incident time", async () => {
  const time = clock();
  const journal = new Journal(time);
  journal.write("note", { text: "a" });
  await time.sleep(seconds(5));
  const last = journal.write("note", { text: "b" });
  expect(journal.view().events).toMatchObject([
    { seq: 0, type: "note", text: "a" },
    { seq: 1, type: "note", text: "b" },
  ]);
  expect(last.at).toBeGreaterThanOrEqual(seconds(5));
  expect(last.at).toBeLessThanOrEqual(time.elapsed());
});

test("a view grows with the journal", () => {
  const journal = new Journal(clock());
  const view = journal.view();
  expect(view.endMs).toBe(0);
  const { at } = journal.write("note", { text: "later" });
  expect(view.all("note")).toHaveLength(1);
  expect(view.endMs).toBe(at);
});

describe("a subscriber", () => {
  test("hears every event from then on until it stops", () => {
    const journal = new Journal(clock());
    const heard: JournalEvent[] = [];
    journal.write("note", { text: "before" });
    const stop = journal.subscribe((event) => heard.push(event));
    journal.write("note", { text: "heard" });
    stop();
    journal.write("note", { text: "after" });
    expect(heard).toMatchObject([{ text: "heard" }]);
  });

  test("may stop or write while it is being called", () => {
    const journal = new Journal(clock());
    const heard: string[] = [];
    const stop = journal.subscribe((event) => {
      stop();
      if (event.type === "note") heard.push(`first ${event.text}`);
      journal.write("note", { text: "echo" });
    });
    journal.subscribe((event) => {
      if (event.type === "note") heard.push(`second ${event.text}`);
    });
    journal.write("note", { text: "call" });
    expect(heard.toSorted()).toEqual(["first call", "second call", "second echo"]);
    expect(
      journal
        .view()
        .all("note")
        .map(({ seq }) => seq),
    ).toEqual([0, 1]);
  });
});

test("who subscribes because of an event hears only the next", () => {
  const journal = new Journal(clock());
  const heard: number[] = [];
  const stop = journal.subscribe(() => {
    stop();
    journal.subscribe(({ seq }) => heard.push(seq));
  });
  journal.write("note", { text: "first" });
  journal.write("note", { text: "second" });
  expect(heard).toEqual([1]);
});

describe("on disk", () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-journal-"))));
  afterEach(() => rm(folder, { recursive: true }));

  test("is one line of JSON an event, complete once closed", async () => {
    const path = join(folder, "journal.ndjson");
    const journal = new Journal(clock(), path);
    for (let i = 0; i < 2_000; i += 1) journal.write("note", { text: `line ${i}\nwith a line feed` });
    await journal.close();
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(journal.view().events);
  });

  test("can be read by its owner alone", async () => {
    const path = join(folder, "journal.ndjson");
    await new Journal(clock(), path).close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("a word that comes while or after it is closed is not written, and breaks nothing", async () => {
    const path = join(folder, "journal.ndjson");
    const journal = new Journal(clock(), path);
    const closing = journal.close();
    journal.write("note", { text: "late" });
    await closing;
    journal.write("note", { text: "later" });
    expect(await readFile(path, "utf8")).toBe("");
  });
});

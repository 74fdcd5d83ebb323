import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import { scenario, type FoundScenario } from "../scenario.ts";
import { allScenarios, pickScenarios } from "./scenarios.ts";

const make = (id: string, title: string): FoundScenario => ({
  ...scenario({
    id,
    report: "B",
    title,
    roles: ["signals"],
    clock: { start: "2025-10-21T22:00:00Z", end: "2025-10-21T23:00:00Z", compression: 60, timezone: "UTC" },
    play: () => Promise.resolve(),
    expect: [],
    provenBy: {},
  }),
  file: `${id}.ts`,
});
const three = [
  make("signal-close-1000", "Closed"),
  make("signal-silent", "Silent"),
  make("outage-2025-10-22", "The night"),
];
const picked = (names: string[], grep?: string) => pickScenarios(three, names, grep).map(({ id }) => id);

describe("picking", () => {
  test("nothing named is everything", () => expect(picked([])).toHaveLength(3));
  test("an id picks one", () => expect(picked(["signal-silent"])).toEqual(["signal-silent"]));
  test("a glob picks what it covers", () =>
    expect(picked(["signal-*"])).toEqual(["signal-close-1000", "signal-silent"]));
  test("? is one character", () => expect(picked(["outage-2025-10-2?"])).toEqual(["outage-2025-10-22"]));
  test("two names that overlap pick each once", () => expect(picked(["signal-*", "signal-silent"])).toHaveLength(2));
  test("other special characters are themselves", () =>
    expect(() => picked(["signal.silent"])).toThrow(FiredrillError));
  test("a name covers the whole id", () => expect(() => picked(["signal"])).toThrow(FiredrillError));
  test("grep looks at id and title, in any case", () => {
    expect(picked([], "SILENT")).toEqual(["signal-silent"]);
    expect(picked([], "the n[ai]ght")).toEqual(["outage-2025-10-22"]);
    expect(picked(["signal-*"], "night")).toEqual([]);
  });
  test("an unknown name is an error that suggests the nearest", () =>
    expect(() => picked(["signal-silence"])).toThrow(
      /Unknown scenario "signal-silence"\. Did you mean "signal-silent"\?/,
    ));
  test("a grep that is no regular expression is an error", () =>
    expect(() => picked([], "(")).toThrow(/--grep "\(" is not a regular expression/));
});

describe("the user's own", () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-scenarios-"))));
  afterEach(() => rm(folder, { recursive: true }));

  test("join the shipped ones", async () => {
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "mine.js"), 'export default { id: "mine" }');
    const ids = (await allScenarios({ scenarios: [folder] })).map(({ id }) => id);
    expect(ids).toContain("mine");
    expect(ids).toContain("signal-close-1000");
  });

  test("in a folder that is not there are an error that names it", async () => {
    const error: unknown = await allScenarios({ scenarios: [join(folder, "none")] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FiredrillError);
    expect((error as Error).message).toContain(join(folder, "none"));
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import { scenario, trial, type FoundScenario } from "../incident/scenario.ts";
import { allScenarios, pickScenarios } from "./scenarios.ts";

const make = (id: string, title: string): FoundScenario => ({
  ...scenario({
    id,
    report: "B",
    title,
    roles: ["signals"],
    clock: { start: "2025-10-21T22:00:00Z", end: "2025-10-21T23:00:00Z", timezone: "UTC" },
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

describe("trials", () => {
  const codes = {
    ...make("codes", "Closed"),
    trials: ["1000", "1001", "1012"].map((id) => trial(id, () => Promise.resolve())),
  };
  const only = (...names: string[]) => pickScenarios([...three, codes], names).map((one) => [one.id, one.only]);
  test("SCENARIO/TRIAL picks one", () => expect(only("codes/1012")).toEqual([["codes", ["1012"]]]));
  test("a glob picks what it covers", () => expect(only("c*/100?")).toEqual([["codes", ["1000", "1001"]]]));
  test("who names the scenario means them all", () =>
    expect(only("codes", "codes/1012")).toEqual([["codes", undefined]]));
  test("an unknown one is an error that suggests the nearest", () => {
    expect(() => only("codes/1013")).toThrow(/Unknown trial of codes "1013"\. Did you mean "1012"\?/);
  });
});

describe("the user's own", () => {
  let folder: string;
  /** A whole scenario but for what is given. */
  const source = (fields: object): string =>
    `export default ${JSON.stringify({
      ...{ id: "mine", report: "B", title: "Mine", roles: ["signals"], expect: [], provenBy: {} },
      clock: { start: "2025-10-21T22:00:00Z", end: "2025-10-21T23:00:00Z", timezone: "UTC" },
      ...fields,
    }).replace(/^\{/, "{ play() {},")}`;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-scenarios-"))));
  afterEach(() => rm(folder, { recursive: true }));

  test("with a role that there is not are an error that names the scenario and the nearest", async () => {
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "mine.js"), source({ roles: ["signal"] }));
    const loading = allScenarios({ scenarios: [folder] });
    await expect(loading).rejects.toThrow(/The scenario mine .* Did you mean "signals"/);
  });

  test("join the shipped ones", async () => {
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "mine.js"), source({}));
    const ids = (await allScenarios({ scenarios: [folder] })).map(({ id }) => id);
    expect(ids).toContain("mine");
    expect(ids).toContain("signal-close-1000");
  });

  test.each(["../../../esc", "", "a/b", ".hidden", "-x", "a b", "x".repeat(101), "a\nb"])(
    "an id that is no name for a folder is an error: %j",
    async (id) => {
      await writeFile(join(folder, "package.json"), '{ "type": "module" }');
      await writeFile(join(folder, "mine.js"), source({ id }));
      await expect(allScenarios({ scenarios: [folder] })).rejects.toThrow(
        `The scenario of ${join(folder, "mine.js")} has the id "${id}". Allowed are`,
      );
    },
  );

  test.each(["mine", "Mine", "signal-close-1000"])("an id that another one has is an error: %s", async (id) => {
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "first.js"), source({}));
    await writeFile(join(folder, "second.js"), source({ id }));
    await expect(allScenarios({ scenarios: [folder] })).rejects.toThrow(
      /^The scenarios of .+ and .+second\.js have the same id/,
    );
  });

  test.each([
    ["export default {", /Cannot load the scenario .*mine\.ts: .+\. Correct the file\.$/],
    ["import './none.ts';", /Cannot load the scenario .*mine\.ts: Cannot find module .*none\.ts/],
    ["\nthrow new TypeError('no');", /Cannot load the scenario .*mine\.ts: TypeError: no, at .*mine\.ts:2\. Correct/],
    ["export const mine = 1;", /The scenario .*mine\.ts has no default export/],
    ["export default 5;", /The scenario .*mine\.ts cannot be played: its default export is not right/],
    [
      source({ clock: { start: "2025-10-21T22:00:00Z", end: "2025-10-21T23:00:00Z", timezone: "Mars/Base" } }),
      /"clock\.timezone" is not right: "Mars\/Base" is no time zone/,
    ],
    [
      source({ clock: { start: "21.10.2025", end: "2025-10-21T23:00:00Z", timezone: "UTC" } }),
      /"clock\.start" is not right: "21\.10\.2025" is no ISO date/,
    ],
    [
      source({ clock: { start: "2025-10-21T23:00:00Z", end: "2025-10-21T22:00:00Z", timezone: "UTC" } }),
      /"clock" is not right: its end is not after its start/,
    ],
    [source({ expect: [{}] }), /"expect\.0\.name" is not right/],
  ])("that cannot be loaded or played are a mistake of the user's that names the file: %j", async (text, message) => {
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "mine.ts"), text);
    const error: unknown = await allScenarios({ scenarios: [folder] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FiredrillError);
    expect((error as Error).message).toMatch(message);
  });

  test("in a folder that is not there are an error that names it", async () => {
    const error: unknown = await allScenarios({ scenarios: [join(folder, "none")] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FiredrillError);
    expect((error as Error).message).toContain(join(folder, "none"));
  });
});

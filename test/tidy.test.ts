/** The rules of the house that a machine can hold: size of rooms, who may read the clock, links that lead somewhere. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { circles, importGraph } from "./support/import-circles.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const rooms = tracked.filter(
  (file) => /\.(ts|mjs|cjs|js)$/.test(file) && !/\.test\.ts$|^test\//.test(file) && existsSync(join(root, file)),
);

const largestRoomLines = 250;

test(`no room is larger than ${largestRoomLines} lines`, () => {
  const large = rooms.filter((file) => read(file).split("\n").length > largestRoomLines + 1);
  expect(large).toEqual([]);
});

test("half of the rooms have 60 lines or fewer", () => {
  const sizes = rooms.map((file) => read(file).split("\n").length).toSorted((a, b) => a - b);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(60);
});

describe("imports form no circle", () => {
  const sources = tracked.filter((file) => /\.(ts|mjs|js)$/.test(file) && existsSync(join(root, file)));

  test("in the whole source, types included", () => {
    const graph = importGraph(sources, read);
    expect([...graph.values()].flat().length).toBeGreaterThan(sources.length);
    expect(circles(graph)).toEqual([]);
  });

  test.each([
    ["by a type", 'import type { B } from "./b.ts";', "a/a.ts -> a/b.ts -> a/a.ts"],
    ["by a type in line", 'export type T = import("./b.ts").B;', "a/a.ts -> a/b.ts -> a/a.ts"],
    ["by passing on", 'export * from "../a/b.ts";', "a/a.ts -> a/b.ts -> a/a.ts"],
    ["at run time", 'await import("./b.ts");', "a/a.ts -> a/b.ts -> a/a.ts"],
    ["of itself", 'import { a } from "./a.ts";', "a/a.ts -> a/a.ts"],
  ])("one %s is found", (_, line, circle) => {
    const texts = new Map([
      ["a/a.ts", line],
      ["a/b.ts", 'import "./c.ts"; import type { A } from "./a.ts";'],
      ["a/c.ts", 'import "node:fs"; import "./gone.ts";'],
    ]);
    expect(circles(importGraph([...texts.keys()], (file) => texts.get(file) ?? ""))).toEqual([circle]);
  });
});

test("only core/clock reads the system's time or sets timers", () => {
  const wallTime = /\b(Date\.now\(|new Date\(\)|setTimeout\(|setInterval\()/;
  // The preload's business is to replace them.
  const houses = rooms.filter(
    (file) =>
      /^(mock-|toxiproxy\/|harness\/|scenarios\/)/.test(file) && !file.startsWith("harness/client/time/preload/"),
  );
  expect(houses.filter((file) => wallTime.test(read(file)))).toEqual([]);
});

test("every module says what it is for", () => {
  const mute = rooms.filter(
    (file) => /^(core|harness|toxiproxy|mock-[a-z-]+|clients)\//.test(file) && !read(file).includes("/**"),
  );
  // A file whose whole content is one definition that names itself needs no second name.
  expect(mute.filter((file) => read(file).split("\n").length > 25)).toEqual([]);
});

test("no test is switched off or narrowed", () => {
  const narrowed = /\b(it|test|describe)\.(only|todo)\(/;
  expect(
    tracked.filter((file) => file.endsWith(".test.ts") && existsSync(join(root, file)) && narrowed.test(read(file))),
  ).toEqual([]);
});

describe("the documents", () => {
  test.each(tracked.filter((file) => file.endsWith(".md")))("%s links to what is there", (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? "");
    const broken = links.filter((target) => !existsSync(join(root, dirname(file), target)));
    expect(broken).toEqual([]);
  });

  test("the map names places that exist", () => {
    const places = [...read("docs/map.md").matchAll(/^\| `([^`<]+?)`/gm)].map(([, place]) => place ?? "");
    expect(places.length).toBeGreaterThan(10);
    expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
  });
});

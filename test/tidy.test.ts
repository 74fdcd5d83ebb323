/** The rules of the house that a machine can hold: size of rooms, who may read the clock, links that lead somewhere. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const rooms = tracked.filter(
  (file) => /\.(ts|mjs|js)$/.test(file) && !/\.test\.ts$|^test\//.test(file) && existsSync(join(root, file)),
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

test("only core/clock reads the system's time or sets timers", () => {
  const wallTime = /\b(Date\.now\(|new Date\(\)|setTimeout\(|setInterval\()/;
  // The preload's business is to replace them.
  const houses = rooms.filter(
    (file) => /^(mock-|harness\/|scenarios\/)/.test(file) && !file.endsWith("preload-main.mjs"),
  );
  expect(houses.filter((file) => wallTime.test(read(file)))).toEqual([]);
});

test("every module says what it is for", () => {
  const mute = rooms.filter(
    (file) => /^(core|harness|mock-[a-z-]+|clients)\//.test(file) && !read(file).includes("/**"),
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

/** What is left of a flood that nobody could look at line by line. */

import { expect, test } from "vitest";
import { OutputLines } from "./output-lines.ts";

test("the last words after a flood are known as well where they come in a block of their own", () => {
  const ends: (readonly string[])[] = [];
  const output = new OutputLines({
    line: () => undefined,
    dropped: () => undefined,
    unseenEnd: (lines) => ends.push(lines),
  });
  output.read(Buffer.from(`${"x".repeat(79)}\n`.repeat(100_000)));
  output.read(Buffer.from("that was all\n"));
  expect(ends.at(-1)).toEqual(["that was all"]);
});

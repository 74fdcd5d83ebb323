/** What is written of the shipped drivers is whole, names a reason for all that is no pass, and is what docs/sdks.md says. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expected, survived } from "./replay/strangers/cells.ts";

const matrix = expected();
const docs = readFileSync(new URL("../docs/sdks.md", import.meta.url), "utf8");

describe.each(Object.entries(matrix))("%s", (client, cells) => {
  test("is judged in every trial: none is invalid, unplayable or unknown, and what is no pass has a reason", () => {
    const bad = Object.entries(cells).filter(
      ([, { verdict, why }]) => !["pass", "fail", "not-applicable"].includes(verdict) || (verdict !== "pass" && !why),
    );
    expect(bad).toEqual([]);
  });

  test("the docs say what it survives", () => {
    expect(docs).toContain(`| \`${client}\` | ${survived(cells)} |`);
  });
});

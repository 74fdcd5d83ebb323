/** What `docs/checks.md` shows is the check that is shipped, so that whoever has only read it can write the next. */

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");

test.each(["answers-pings.ts", "answers-pings.test.ts"])("docs/checks.md shows the whole of %s", async (file) => {
  const code = await read(`harness/checks/streams/${file}`);
  expect((await read("docs/checks.md")).split("```ts\n").map((part) => part.split("```")[0])).toContain(code);
});

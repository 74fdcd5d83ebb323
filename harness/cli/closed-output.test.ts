/** The commands whose reader leaves after the first line, or before it, as `| head -1` does. */

import { once } from "node:events";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { start } from "../../test/support/firedrill.ts";
import { outliveReaders } from "./closed-output.ts";

test.each(["list", "list --json", "doctor", "--help"])("%s ends well without a reader", async (command) => {
  const { child, done } = start(command.split(" "));
  child.stdout?.destroy();
  const { code, stderr } = await done;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("any other failure to write is not swallowed", async () => {
  const output = new PassThrough();
  outliveReaders(output);
  expect(() => output.emit("error", Object.assign(new Error("full"), { code: "ENOSPC" }))).toThrow("full");
  output.emit("error", Object.assign(new Error("gone"), { code: "EPIPE" }));
  output.end();
  await once(output, "finish");
});

import { lstat, mkdir, mkdtemp, readdir, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import { linkLatest, makeOutputFolder } from "./output-folder.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-output-"))));
afterEach(() => rm(folder, { recursive: true }));

const refusal = async (path: string): Promise<string> => {
  const error: unknown = await makeOutputFolder(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FiredrillError);
  return (error as Error).message;
};

test("is made with all that leads to it, and may be there already", async () => {
  const path = join(folder, "a/b/c");
  await makeOutputFolder(path);
  await makeOutputFolder(path);
  expect((await lstat(path)).isDirectory()).toBe(true);
});

describe("is refused at once, with the folder and the reason", () => {
  test("below a file, and where a file is", async () => {
    await writeFile(join(folder, "file"), "");
    expect(await refusal(join(folder, "file/run"))).toMatch(
      /^Cannot write the run's files to .*file\/run: a part of the path is a file\. Give a folder/,
    );
    expect(await refusal(join(folder, "file"))).toContain("a part of the path is a file");
  });
  test("with a name that is too long", async () =>
    expect(await refusal(join(folder, "x".repeat(300)))).toContain("a name in it is too long"));
  test.skipIf(process.platform !== "linux")("in a file system that takes no folders", async () =>
    expect(await refusal("/proc/x/y")).toContain("its file system takes no folders"),
  );
});

describe("latest", () => {
  const run = async (name: string): Promise<string> => {
    const output = join(folder, ".firedrill", name);
    await makeOutputFolder(output);
    return output;
  };

  test("leads to the newest run", async () => {
    await linkLatest(await run("one"));
    await linkLatest(await run("two"));
    expect(await readlink(join(folder, ".firedrill/latest"))).toBe("two");
    expect((await readdir(join(folder, ".firedrill"))).toSorted()).toEqual(["latest", "one", "two"]);
  });

  test("that is the user's own file or folder stays, and that is reported", async () => {
    const output = await run("one");
    await writeFile(join(folder, ".firedrill/latest"), "mine");
    expect(await linkLatest(output)).toMatch(/latest is not a link, so it stays as it is/);
    await rm(join(folder, ".firedrill/latest"));
    await mkdir(join(folder, ".firedrill/latest"));
    expect(await linkLatest(output)).toMatch(/latest is not a link/);
  });

  test("is not made beside a folder that the user has named", async () => {
    const output = join(folder, "mine");
    await makeOutputFolder(output);
    await linkLatest(output);
    expect(await readdir(folder)).toEqual(["mine"]);
  });
});

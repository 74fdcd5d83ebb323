/**
 * The folder that a run leaves its files in: made before anything is played, so that a place which cannot be written is
 * reported at once. Nothing of the user's is removed or replaced.
 */

import { access, constants, lstat, mkdir, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FiredrillError } from "../../core/errors.ts";

/** Where runs go that name no folder; `latest` in it links to the newest. */
export const runsFolder = ".firedrill";
const latest = "latest";

/** @throws FiredrillError where there is no such folder and none can be made, or nothing can be written to it. */
export async function makeOutputFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** Where a run's files were to go, and why they could not. */
export const cannotWrite = (path: string, error: unknown): FiredrillError =>
  new FiredrillError(
    `Cannot write the run's files to ${path}: ${reasonOf(error)}. Give a folder that can be made or written with --output.`,
    { cause: error },
  );

/** Level by level: in a file system that takes no folders, such as /proc, Node's recursive `mkdir` never ends. */
async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (there?.isDirectory() === true) return;
  if (there !== undefined) throw Object.assign(new Error("it is a file"), { code: "ENOTDIR" });
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Another run has made it meanwhile.
    if (codeOf(error) !== "EEXIST") throw error;
  });
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const reasons: Readonly<Record<string, string>> = {
  EACCES: "it may not be written",
  EPERM: "it may not be written",
  EROFS: "its file system is read-only",
  ENOTDIR: "a part of the path is a file",
  ENAMETOOLONG: "a name in it is too long",
  ENOSPC: "the disk is full",
  ENOENT: "its file system takes no folders, or the folder is gone",
  ELOOP: "its links lead in a circle",
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
}

/**
 * Lets `.firedrill/latest` lead to the newest run. What is called `latest` and is no link is the user's and stays.
 * @returns Why it could not, or undefined.
 */
export async function linkLatest(output: string): Promise<string | undefined> {
  const folder = dirname(output);
  if (basename(folder) !== runsFolder) return undefined;
  const path = join(folder, latest);
  const there = await lstat(path).catch(() => undefined);
  if (there !== undefined && !there.isSymbolicLink()) {
    return `${path} is not a link, so it stays as it is and does not lead to this run.`;
  }
  // In one step, because another run may do the same.
  const fresh = join(folder, `.${latest}-${basename(output)}`);
  await symlink(basename(output), fresh);
  await rename(fresh, path).catch(() => rm(fresh, { force: true }));
  return undefined;
}

/**
 * The drivers for published SDKs, one program each in `clients/sdk/`: in TypeScript, or in Python. What a driver plays
 * and what it needs stand in its first comment, which can be read without running it:
 *
 *     Roles: market-data, private-stream
 *     Needs: pybit
 *
 * A package that is not installed makes a driver unplayable on this machine, not wrong: `lackOf` says what to install.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FiredrillError } from "../../core/errors.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import { checkedRoles } from "../incident/roles.ts";

export interface Driver extends ClientSpec {
  file: string;
  /** A package of npm, or of PyPI for a Python program. */
  needs: string;
}

const root = new URL("../../", import.meta.url);
const folder = fileURLToPath(new URL("clients/sdk/", root));
const isProgram = (name: string): boolean => /\.(py|[jt]s)$/.test(name) && !/\.(test|d)\.[jt]s$/.test(name);
const isPython = (file: string): boolean => file.endsWith(".py");

export async function allDrivers(env: NodeJS.ProcessEnv = process.env): Promise<Driver[]> {
  const files = (await readdir(folder)).filter(isProgram).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = join(folder, name);
      return driver(file, await readFile(file, "utf8"), env);
    }),
  );
}

function driver(file: string, source: string, env: NodeJS.ProcessEnv): Driver {
  const [, name = file] = /([^/\\]+)\.\w+$/.exec(file) ?? [];
  return {
    ...readHeader(source, file),
    name: `sdk/${name}`,
    file,
    command: isPython(file) ? [pythonOf(env), file] : [process.execPath, file],
    // What it prints is wanted when it is printed.
    ...(isPython(file) ? { env: { PYTHONUNBUFFERED: "1" } } : {}),
  };
}

/** @throws FiredrillError where the first comment does not say what the driver plays and needs. */
export function readHeader(source: string, file: string): Pick<Driver, "summary" | "roles" | "needs"> {
  const [head = ""] = /^\s*(\/\*\*[^]*?\*\/|"""[^]*?""")/.exec(source) ?? [];
  const lines = head.split("\n").map((line) => line.replace(/^\s*(\/\*\*|\*\/|\*|""")\s?|"""$/g, "").trim());
  const word = (name: string): string => {
    const found = lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    if (found !== undefined) return found;
    throw new FiredrillError(`The driver ${file} does not say "${name}: …" in its first comment. Add that line.`);
  };
  const [sentence = ""] = /^.*?[.:](?=\s|$)/.exec(lines.join(" ").trim()) ?? [];
  return {
    summary: sentence.replace(/[.:]$/, ""),
    roles: checkedRoles(word("Roles").split(/,\s*/), `The driver ${file}`),
    needs: word("Needs"),
  };
}

/** The active virtual environment, the project's, the repository's, or else the system's Python. */
function pythonOf({ VIRTUAL_ENV }: NodeJS.ProcessEnv): string {
  const environments = [VIRTUAL_ENV, join(process.cwd(), ".venv"), fileURLToPath(new URL(".venv", root))];
  const programs = environments.flatMap((path) => (path === undefined ? [] : [join(path, "bin/python")]));
  return programs.find(existsSync) ?? "python3";
}

/** What this machine lacks to play the client, and how to get it; undefined for a client that can be played. */
export function lackOf(client: ClientSpec): string | undefined {
  const { file, needs } = client as Partial<Driver>;
  if (file === undefined || needs === undefined) return undefined;
  if (!isPython(file)) {
    return resolves(file, needs) ? undefined : `there is no package ${needs} here: npm install ${needs}`;
  }
  const [python] = client.command;
  const found = spawnSync(python ?? "python3", [
    ...["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)", needs],
  ]);
  if (found.status === 0) return undefined;
  const why = found.error === undefined ? `${python ?? ""} has no package ${needs}` : "there is no Python";
  return `${why}: python3 -m venv .venv && .venv/bin/pip install -r ${join(folder, "requirements.txt")}`;
}

function resolves(file: string, needs: string): boolean {
  try {
    createRequire(file).resolve(needs);
    return true;
  } catch {
    return false;
  }
}

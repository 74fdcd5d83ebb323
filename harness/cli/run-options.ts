/** The switches that `run` and `prove` share. Every one has a `FIREDRILL_*` twin in the environment. */

import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { wallClock } from "../../core/clock.ts";
import { timeChoices, type TimeChoice } from "../client/time/choose.ts";
import { runsFolder } from "../runner/output-folder.ts";

export interface RunFlags {
  proxy: string;
  time: TimeChoice;
  seed?: string;
  jobs: number;
  shard?: string;
  grep?: string;
  output?: string;
}

export function addRunOptions(command: Command): Command {
  return command
    .addOption(
      option("--proxy <engine>", "PROXY", "auto, embedded, binary, docker, or the URL of a Toxiproxy").default("auto"),
    )
    .addOption(
      option("--time <provider>", "TIME", "how the client gets the incident clock")
        .choices(timeChoices)
        .default("auto"),
    )
    .addOption(
      option("--seed <seed>", "SEED", "the same seed gives the same run (default: a new one)").argParser(seedText),
    )
    .addOption(
      // A client that polls much keeps a core busy; more at a time would starve each other.
      option("--jobs <n>", "JOBS", "how many runs at a time").argParser(jobs).default(availableParallelism()),
    )
    .addOption(option("--shard <i/n>", "SHARD", "only the i-th of n parts"))
    .addOption(option("--grep <regexp>", "GREP", "only scenarios whose id or title matches"))
    .addOption(
      option(
        "--output <folder>",
        "OUTPUT",
        "where journals, logs and result.json go (default: .firedrill/<run id>)",
      ).argParser(folderName),
    );
}

export const option = (flags: string, variable: string, description: string): Option =>
  new Option(flags, description).env(`FIREDRILL_${variable}`);

export function positive(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError("It has to be a whole number from 1 up, in digits.");
  }
  return value;
}

export function zeroUp(text: string): number {
  if (text === "0") return 0;
  try {
    return positive(text);
  } catch {
    throw new InvalidArgumentError("It has to be a whole number from 0 up, in digits.");
  }
}

/** Each is some processes and a client. */
const mostJobs = 64;

function jobs(text: string): number {
  const value = positive(text);
  if (value > mostJobs) throw new InvalidArgumentError(`It has to be a whole number from 1 to ${mostJobs}.`);
  return value;
}

const longestSeed = 100;

function seedText(text: string): string {
  if (text !== "" && text.length <= longestSeed && !/\p{Cc}/u.test(text)) return text;
  throw new InvalidArgumentError(`It has to be a text of 1 to ${longestSeed} characters.`);
}

function folderName(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It is empty. Give a folder, or leave the flag out.");
  return text;
}

/** For options that may be given more than once; the twin in the environment separates with commas. */
export const collect = (text: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  ...text.split(","),
];

/** What one invocation is called, and where it leaves its files. */
export function newRun({ output, seed }: Pick<RunFlags, "output" | "seed">): {
  id: string;
  folder: string;
  seed: string;
} {
  const date = new Date(wallClock.now()).toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  const id = `${date}-${randomBytes(2).toString("hex")}`;
  return { id, folder: resolve(output ?? join(runsFolder, id)), seed: seed ?? randomBytes(4).toString("hex") };
}

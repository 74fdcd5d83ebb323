/** The switches that `run` and `prove` share. Every one has a `FIREDRILL_*` twin in the environment. */

import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { wallClock } from "../../core/clock.ts";
import type { LoadWatch } from "../process/others-load.ts";
import type { Pace } from "../runner/pace.ts";
import { timeChoices, type TimeChoice } from "../client/time/choose.ts";

export interface RunFlags {
  proxy: string;
  time: TimeChoice;
  seed?: string;
  jobs: number;
  shard?: string;
  grep?: string;
  compression?: number;
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
    .addOption(option("--seed <seed>", "SEED", "the same seed gives the same run (default: a new one)"))
    .addOption(
      // A client that polls much keeps a core busy; more at a time would starve each other.
      option("--jobs <n>", "JOBS", "how many runs at a time").argParser(positive).default(availableParallelism()),
    )
    .addOption(option("--shard <i/n>", "SHARD", "only the i-th of n parts"))
    .addOption(option("--grep <regexp>", "GREP", "only scenarios whose id or title matches"))
    .addOption(
      option("--compression <x>", "COMPRESSION", "incident time per wall time, instead of the scenario's").argParser(
        positive,
      ),
    )
    .addOption(
      option("--output <folder>", "OUTPUT", "where journals, logs and result.json go (default: .firedrill/<run id>)"),
    );
}

export const option = (flags: string, variable: string, description: string): Option =>
  new Option(flags, description).env(`FIREDRILL_${variable}`);

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It has to be a whole number from 1 up.");
  return value;
}

/** For options that may be given more than once; the twin in the environment separates with commas. */
export const collect = (text: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  ...text.split(","),
];

/** The pace of one invocation; `load` was watched since its start. */
export const paceOf = async ({ compression }: Pick<RunFlags, "compression">, load: LoadWatch): Promise<Pace> => ({
  othersShare: await load.share(),
  ...(compression === undefined ? {} : { asked: compression }),
});

/** What one invocation is called, and where it leaves its files. */
export function newRun({ output, seed }: Pick<RunFlags, "output" | "seed">): {
  id: string;
  folder: string;
  seed: string;
} {
  const date = new Date(wallClock.now()).toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  const id = `${date}-${randomBytes(2).toString("hex")}`;
  return { id, folder: resolve(output ?? `.firedrill/${id}`), seed: seed ?? randomBytes(4).toString("hex") };
}

/**
 * Finds reporters by name and gives each its place: the first owns stdout, the others write a file into the run's folder.
 * Documents are always files; where nothing else is asked for, the list owns stdout.
 */

import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { FiredrillError, unknownName } from "../../core/errors.ts";
import { loadFolder } from "../../core/load-folder.ts";
import type { Reporter, ReporterKind } from "../runner/reporter.ts";

export async function reporterKinds(): Promise<ReporterKind[]> {
  return (await loadFolder<ReporterKind>(new URL("./reporters/", import.meta.url))).map(({ value }) => value);
}

/** @throws FiredrillError for a name that is none, or that is given twice. */
export async function createReporters(names: readonly string[]): Promise<Reporter[]> {
  const kinds = await reporterKinds();
  const chosen = names.map((name) => {
    const kind = kinds.find((candidate) => candidate.name === name);
    if (kind !== undefined) return kind;
    throw new FiredrillError(
      unknownName(
        "reporter",
        name,
        kinds.map((candidate) => candidate.name),
      ),
    );
  });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new FiredrillError(`--reporter ${twice} is given twice. Give each once.`);
  const owner = chosen.find(({ document }) => document !== true) ?? kinds.find(({ name }) => name === "list");
  if (owner === undefined) return [];
  // It has its last word before it is said where the documents are.
  const others = chosen.filter((kind) => kind !== owner).map((kind) => intoFile(kind, owner.name === "list"));
  return [onStdout(owner), ...others];
}

const onStdout = (kind: ReporterKind): Reporter =>
  kind.create({ isStdout: true, print: (text) => void process.stdout.write(text) });

/** What it prints is gathered and written when all is over. */
function intoFile(kind: ReporterKind, isForPeople: boolean): Reporter {
  let printed = "";
  const reporter = kind.create({ isStdout: false, print: (text) => void (printed += text) });
  return {
    ...reporter,
    async ended(result, output) {
      await reporter.ended?.(result, output);
      if (printed === "") return;
      const path = join(output, kind.file);
      const text = kind.document === true ? printed : stripVTControlCharacters(printed);
      await writeFile(path, text, { mode: 0o600 });
      if (kind.document === true && isForPeople) process.stdout.write(`Report: ${relative(process.cwd(), path)}\n`);
    },
  };
}

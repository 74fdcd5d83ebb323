/** Finds reporters by name. */

import { FiredrillError, unknownName } from "../../core/errors.ts";
import { loadFolder } from "../../core/load-folder.ts";
import type { Reporter, ReporterKind } from "./reporter.ts";

/** @throws FiredrillError for a name that is none. */
export async function createReporters(names: readonly string[]): Promise<Reporter[]> {
  const kinds = (await loadFolder<ReporterKind>(new URL("./reporters/", import.meta.url))).map(({ value }) => value);
  return names.map((name) => {
    const kind = kinds.find((candidate) => candidate.name === name);
    if (kind === undefined) {
      throw new FiredrillError(
        unknownName(
          "reporter",
          name,
          kinds.map((candidate) => candidate.name),
        ),
      );
    }
    return kind.create();
  });
}

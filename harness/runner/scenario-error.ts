/** Whose mistake it is that a scenario's `play` threw: its author's, where the error comes from the scenario's own file. */

import { fileURLToPath } from "node:url";
import { FiredrillError, messageOf } from "../../core/errors.ts";
import type { Scenario } from "../incident/scenario.ts";

const ours = fileURLToPath(new URL("../../", import.meta.url));

/** Where Node runs in the files of the user or in ours; what is Node's own is left out. */
const place = /(?:file:\/\/)?(\/[^\s():]+):(\d+):\d+/;

/** @returns The error itself where it is a bug of ours, or was one clear message already. */
export function ofTheScenario(error: unknown, { id }: Pick<Scenario, "id">, file: string): unknown {
  if (error instanceof FiredrillError) return error;
  if (error instanceof Error) {
    const [, path, line] = place.exec((error.stack ?? "").slice(error.message.length)) ?? [];
    if (path === undefined || (path.startsWith(ours) && path !== file)) return error;
    return new FiredrillError(
      `The scenario ${id} threw in its play: ${error.name}: ${error.message}, at ${path}:${line ?? "?"}. Correct the file.`,
      { cause: error },
    );
  }
  return new FiredrillError(`The scenario ${id} threw in its play: ${messageOf(error)}. Correct ${file}.`);
}

/**
 * A scenario of the user's own, from its file. Whatever is wrong with it is the user's to mend, so it is reported with the
 * file, the place and what is allowed; a stack trace would look like a bug of ours.
 */

import { pathToFileURL } from "node:url";
import { z } from "zod";
import { exitCode, FiredrillError, messageOf } from "../../core/errors.ts";
import { scenario, type Scenario } from "../incident/scenario.ts";

const instant = z.string().refine((text) => /(?:Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)), {
  error: ({ input }) => `${JSON.stringify(input)} is no ISO date with a zone, such as 2025-10-21T22:52:56Z`,
});

const timezone = z.string().refine(isTimezone, {
  error: ({ input }) => `${JSON.stringify(input)} is no time zone, such as Asia/Dubai or UTC`,
});

const isFunction = z.custom((value) => typeof value === "function", { error: "it has to be a function" });

/** What every scenario has; what else there may be is for TypeScript to check. */
const shape = z.looseObject({
  id: z.string(),
  report: z.string().optional(),
  title: z.string(),
  roles: z.array(z.string()).min(1, { error: "it names no role" }),
  requires: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  clock: z
    .looseObject({ start: instant, end: instant, timezone })
    .refine(({ start, end }) => Date.parse(end) > Date.parse(start), { error: "its end is not after its start" }),
  play: isFunction.optional(),
  trials: z.array(z.looseObject({ id: z.string(), play: isFunction })).optional(),
  expect: z.array(z.looseObject({ name: z.string(), judge: isFunction })),
  provenBy: z
    .record(z.string(), z.union([z.string(), z.strictObject({ trial: z.string(), check: z.string() })]))
    .optional(),
});

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** @throws FiredrillError that names the file and what is wrong with it. */
export async function loadOwnScenario(file: string): Promise<Scenario> {
  const value = await load(file);
  if (value === undefined) {
    throw new FiredrillError(
      `The scenario ${file} has no default export. Give it one, "export default scenario({ … })", and keep what is no scenario in another folder.`,
    );
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return scenario(value as Scenario);
  const mistakes = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? `its default export is not right: ${message}` : `"${path.join(".")}" is not right: ${message}`,
  );
  throw new FiredrillError(`The scenario ${file} cannot be played: ${mistakes.join("; ")}. Correct the file.`);
}

async function load(file: string): Promise<unknown> {
  const ended = (): void => {
    process.stderr.write(
      `firedrill: The scenario ${file} ends the process while it is loaded. Remove its process.exit.\n`,
    );
    process.exitCode = exitCode.usage;
  };
  process.once("exit", ended);
  try {
    return ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    if (error instanceof FiredrillError) throw new FiredrillError(`The scenario ${file}: ${error.message}`);
    throw new FiredrillError(
      `Cannot load the scenario ${file}: ${wordsOf(error)}${placeOf(error)}. Correct the file.`,
      {
        cause: error,
      },
    );
  } finally {
    process.off("exit", ended);
  }
}

const wordsOf = (error: unknown): string => {
  const kind = error instanceof Error && error.name !== "Error" ? `${error.name}: ` : "";
  return kind + (messageOf(error).split("\n", 1)[0] ?? "").replace(/\.$/, "");
};

/** Where in the user's files, as an editor counts: the first line of the stack that is none of Node's or a package's. */
export function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const places = stack.matchAll(/(?:file:\/\/)?(\/[^\s():]+):(\d+)(?::\d+)?/g);
  const [, file, line] = [...places].find(([, path = ""]) => !path.includes("/node_modules/")) ?? [];
  return file === undefined || line === undefined ? "" : `, at ${decodeURI(file)}:${line}`;
}

/**
 * `firedrill.config.ts` of the user's project: their clients and where their scenarios are. Unknown keys are errors
 * that suggest the nearest, because a typo that is silently ignored tests the wrong thing.
 */

import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { FiredrillError, messageOf, nearestName } from "../core/errors.ts";

const client = z.strictObject({
  command: z.union([z.string().min(1), z.tuple([z.string()], z.string())]),
  /** Where they are not declared, they are taken from what the client is seen to do. */
  roles: z.array(z.string()).min(1).optional(),
  summary: z.string().optional(),
  cwd: z.string().optional(),
  /** Its variables; `{FIREDRILL_…}` in a value is replaced by that variable of the contract. */
  env: z.record(z.string(), z.string()).optional(),
  /** Figures that it is held to instead of a scenario's own: `{ redials: { within: 10_000 } }`. Times are ms. */
  targets: z.record(z.string(), z.record(z.string(), z.number().nonnegative())).optional(),
});

const schema = z.strictObject({
  /** Clients under test, by name. */
  clients: z.record(z.string(), client).optional(),
  /** Folders with scenarios of your own, from the config file. */
  scenarios: z.array(z.string()).optional(),
});

export type Config = z.infer<typeof schema>;

/** Gives a config file its types. */
export const defineConfig = (config: Config): Config => config;

export const configFile = "firedrill.config.ts";

/** @throws FiredrillError that names the key, what it holds, and what is allowed. */
export async function readConfig(folder: string): Promise<Config> {
  const file = resolve(folder, configFile);
  if (!existsSync(file)) {
    refuseOthers(folder);
    return {};
  }
  let content: unknown;
  try {
    content = ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    throw new FiredrillError(`Cannot load ${file}: ${messageOf(error)}.`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new FiredrillError(parsed.error.issues.map((issue) => describe(issue, file)).join("\n"));
}

/** A config that is read by nobody would test the wrong thing. */
function refuseOthers(folder: string): void {
  const other = readdirSync(folder).find(
    (name) => /^\.?firedrill(?:\.config|rc)\.\w+$/i.test(name) || name === ".firedrillrc",
  );
  if (other === undefined) return;
  throw new FiredrillError(
    `${resolve(folder, other)} is not read: the config is ${configFile}, which ${/\.[cm]?js$/.test(other) ? "may hold the same JavaScript" : "exports it by default"}. Rename it.`,
  );
}

function describe(issue: z.core.$ZodIssue, file: string): string {
  const where = issue.path.length === 0 ? "its default export" : `"${issue.path.join(".")}"`;
  if (issue.code !== "unrecognized_keys") return `${file}: ${where} is not right: ${issue.message}.`;
  const allowed = issue.path[0] === "clients" ? Object.keys(client.shape) : Object.keys(schema.shape);
  return issue.keys
    .map((key) => {
      const nearest = nearestName(key, allowed);
      const question = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
      return `${file}: unknown key "${[...issue.path, key].join(".")}".${question} Allowed: ${allowed.join(", ")}.`;
    })
    .join("\n");
}

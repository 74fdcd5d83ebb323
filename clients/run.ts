/**
 * Runs a shipped client as a process of its own: `node clients/run.ts reference` or `… broken/local-date-waves`. It
 * takes its settings and roles from the environment and stops on SIGINT or SIGTERM.
 */

import { extname } from "node:path";
import { IncidentBoard } from "./reference/alerts/incidents.ts";
import { log } from "./reference/log.ts";
import { messageOf } from "./reference/message-of.ts";
import type { ClientDefinition } from "./reference/parts.ts";
import { PoolHealth } from "./reference/rest/pool-health.ts";
import type { Role } from "./reference/role.ts";
import { readSettings } from "./reference/settings.ts";

/** `trading` is what the others do with what they see, and `trade-stream` how; they have no life of their own. */
const playedByOthers = ["trading", "trade-stream"];

const name = process.argv[2] ?? "reference";
const ending = extname(new URL(import.meta.url).pathname);
const file = name === "reference" ? `./reference/index${ending}` : `./${name}${ending}`;
const load = async (path: string): Promise<unknown> =>
  ((await import(new URL(path, import.meta.url).href)) as { default: unknown }).default;
const definition = (await load(file)) as ClientDefinition;
const { parts } = definition;

const settings = readSettings(process.env);
const played = settings.roles.filter((role) => definition.roles.includes(role) && !playedByOthers.includes(role));
const roles = await Promise.all(played.map((role) => load(`./reference/roles/${role}${ending}`) as Promise<Role>));

const stopped = new AbortController();
const warnings = parts.warnings();
const session = parts.session(settings.exchangeRestUrl);
const rest = parts.rest({
  ...{ key: settings.apiKey, secret: settings.apiSecret, session },
  ...{ timeouts: parts.timeouts, retry: parts.retry, limits: parts.limits(), ban: parts.ban, clock: parts.clock },
  health: new PoolHealth(session.limit, warnings),
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    log(`${signal}: graceful stop`);
    stopped.abort();
    void rest.close();
  });
}

const syncing = rest.syncClock().catch((error: unknown) => log(`clock not synchronised: ${messageOf(error)}`));
const context = {
  parts,
  settings,
  rest,
  warnings,
  incidents: new IncidentBoard(),
  budget: parts.budget(),
  signal: stopped.signal,
};
// The market can be watched with a clock that is off; a signed call that is refused for it measures again.
await Promise.all([syncing, ...roles.map((role) => role(context))]).catch((error: unknown) => {
  if (!stopped.signal.aborted) throw error;
});

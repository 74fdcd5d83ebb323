/**
 * All clients: the shipped ones, one file each in `clients/`, the drivers for published SDKs, and the user's own from the
 * config.
 */

import { checkedRoles, roles as everyRole } from "../incident/roles.ts";
import module from "node:module";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { FiredrillError, unknownName } from "../../core/errors.ts";
import { loadFolder } from "../../core/load-folder.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import type { Config } from "../config.ts";
import { allDrivers, lackOf } from "./drivers.ts";

/** What a shipped client's file says of itself; it is data here and becomes a program only in its own process. */
interface Shipped {
  summary: string;
  roles: readonly string[];
}

const ending = extname(new URL(import.meta.url).pathname);
const runner = fileURLToPath(new URL(`../../clients/run${ending}`, import.meta.url));
const referenceFile = new URL(`../../clients/reference/index${ending}`, import.meta.url);

export async function allClients(config: Config): Promise<ClientSpec[]> {
  const reference = ((await import(referenceFile.href)) as { default: Shipped }).default;
  const broken = await loadFolder<Shipped>(new URL("../../clients/broken/", import.meta.url));
  return [
    shipped("reference", reference),
    ...broken.map(({ name, value }) => shipped(`broken/${name}`, value)),
    ...(await allDrivers()),
    ...Object.entries(config.clients ?? {}).map(([name, { command, roles, summary, cwd, env, targets }]) => ({
      name,
      summary: summary ?? "",
      roles: checkedRoles(roles ?? everyRole, `The client ${name} of the config`),
      ...(roles === undefined ? { undeclared: true } : {}),
      command,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      ...(targets === undefined ? {} : { targets }),
    })),
  ];
}

const shipped = (name: string, { summary, roles }: Shipped): ClientSpec => ({
  name,
  summary,
  roles,
  command: [process.execPath, runner, name],
  shipped: true,
  // At x100 a client that has to be compiled at its start begins half a minute late.
  env: compileCache(),
});

function compileCache(): Record<string, string> {
  const folder = module.getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

/** @throws FiredrillError for a name that is none, and for a client that this machine cannot play. */
export function pickClient(clients: readonly ClientSpec[], name: string): ClientSpec {
  const found = clients.find((client) => client.name === name);
  const lack = found === undefined ? undefined : lackOf(found);
  if (lack !== undefined) throw new FiredrillError(`The client ${name} cannot be played: ${lack}`);
  if (found !== undefined) return found;
  throw new FiredrillError(
    unknownName(
      "client",
      name,
      clients.map((client) => client.name),
    ),
  );
}

/** Who is played by `all`: the reference and every driver that this machine can play. The others are named with what they lack. */
export function everyone(clients: readonly ClientSpec[]): {
  playable: ClientSpec[];
  lacking: { name: string; lack: string }[];
} {
  const asked = clients.filter(({ name }) => name === "reference" || name.startsWith("sdk/"));
  const lacks = asked.map((client) => ({ client, lack: lackOf(client) }));
  return {
    playable: lacks.flatMap(({ client, lack }) => (lack === undefined ? [client] : [])),
    lacking: lacks.flatMap(({ client: { name }, lack }) => (lack === undefined ? [] : [{ name, lack }])),
  };
}

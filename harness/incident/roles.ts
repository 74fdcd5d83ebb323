/** What a client does, and a scenario needs it to do. A name that is not here is reported as a typing mistake. */

import { FiredrillError, unknownName } from "../../core/errors.ts";

export const roles = [
  "rest-polling",
  "market-data",
  "connector",
  "private-stream",
  "trade-stream",
  "trading",
  "signals",
  "alerts",
] as const;

export type Role = (typeof roles)[number];

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

/** @throws FiredrillError that names whose role it is, and the nearest that there is. */
export function checkedRoles(names: readonly string[], of: string): readonly Role[] {
  return names.map((name) => {
    if (isRole(name)) return name;
    throw new FiredrillError(`${of} names a role that there is not. ${unknownName("role", name, roles)}`);
  });
}

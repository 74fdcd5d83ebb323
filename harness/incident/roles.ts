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

/** What a scenario that names one of these is about: the other roles that it names show nothing of it by themselves. */
const subjects: readonly Role[] = ["connector", "trade-stream", "signals", "alerts"];

/**
 * Whether a client has anything to do in a scenario: it plays one of its roles, and all without which nothing could be
 * seen, by default those that a scenario can only be about.
 */
export const playsIn = (
  scenario: { readonly roles: readonly Role[]; readonly requires?: readonly Role[] },
  played: readonly string[],
): boolean => {
  const required = scenario.requires ?? scenario.roles.filter((role) => subjects.includes(role));
  return scenario.roles.some((role) => played.includes(role)) && required.every((role) => played.includes(role));
};

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

/** @throws FiredrillError that names whose role it is, and the nearest that there is. */
export function checkedRoles(names: readonly string[], of: string): readonly Role[] {
  return names.map((name) => {
    if (isRole(name)) return name;
    throw new FiredrillError(`${of} names a role that there is not. ${unknownName("role", name, roles)}`);
  });
}

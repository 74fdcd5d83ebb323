/** The variables a client starts with: the contract's, its own mapped from them, and nothing secret of ours. */

import { FiredrillError } from "../../core/errors.ts";
import { nearestName } from "../../core/errors.ts";
import type { ClientSpec } from "./client-spec.ts";

export type Contract = Readonly<Record<`FIREDRILL_${string}`, string>>;

/** @throws FiredrillError where a template names a variable that the contract does not have. */
export function clientEnvironment(spec: ClientSpec, contract: Contract, timezone: string): Record<string, string> {
  const mapped = Object.entries(spec.env ?? {}).map(([name, template]) => [name, fill(spec, name, template, contract)]);
  return {
    ...inherited(),
    TZ: timezone,
    ...contract,
    ...(Object.fromEntries(mapped) as Record<string, string>),
  };
}

function fill(spec: ClientSpec, name: string, template: string, contract: Contract): string {
  return template.replace(/\{(FIREDRILL_[A-Z_]+)\}/g, (_match, variable: string) => {
    const value = (contract as Record<string, string | undefined>)[variable];
    if (value !== undefined) return value;
    const nearest = nearestName(variable, Object.keys(contract));
    throw new FiredrillError(
      `The client ${spec.name} maps ${name} to {${variable}}, which this scenario does not set.${nearest === undefined ? "" : ` Did you mean {${nearest}}?`} Set are: ${Object.keys(contract).join(", ")}.`,
    );
  });
}

/** Ours, without the switches of Firedrill itself: they would look like the contract's variables to the client. */
function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("FIREDRILL_"),
  );
  return Object.fromEntries(entries);
}

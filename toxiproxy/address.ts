/**
 * `host:port` as Toxiproxy reads and shows it: an empty or unspecified host listens on all interfaces and is shown as
 * `[::]`, names are resolved, mistakes are worded as its users know them. Service names (`:http`) are not supported.
 */

import { lookup } from "node:dns/promises";
import { isIPv6 } from "node:net";

export interface Address {
  /** Empty for all interfaces. */
  host: string;
  port: number;
}

export class AddressError extends Error {}

/** @example parseAddress("[::1]:80") // { host: "::1", port: 80 } */
export function parseAddress(text: string): Address {
  // Nothing at all is any port on all interfaces.
  if (text === "") return { host: "", port: 0 };
  const match = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(text);
  if (match === null) {
    const problem = /^\[?[^\]]*:.*:/.test(text) && !text.includes("]") ? "too many colons" : "missing port";
    throw new AddressError(`address ${text}: ${problem} in address`);
  }
  const portText = match[3] ?? "";
  if (!/^-?\d*$/.test(portText)) throw new AddressError(`lookup tcp/${portText}: unknown port`);
  const port = Number(portText);
  if (!(port >= 0 && port <= 65_535)) throw new AddressError(`address ${portText}: invalid port`);
  return { host: match[1] ?? match[2] ?? "", port };
}

/** The address with its name looked up. */
export async function resolveAddress(text: string): Promise<Address> {
  const { host, port } = parseAddress(text);
  if (host === "") return { host, port };
  try {
    const { address } = await lookup(host, { order: "ipv4first" });
    return { host: address, port };
  } catch {
    throw new AddressError(`lookup ${host}: no such host`);
  }
}

export const formatAddress = ({ host, port }: Address): string =>
  isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;

export const isUnspecified = ({ host }: Address): boolean => host === "" || host === "0.0.0.0" || host === "::";

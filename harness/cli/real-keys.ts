/**
 * A client gets the environment that Firedrill was started in. Where real keys of an exchange stand there, one that ignores
 * the variables of the contract would trade live with them, during an incident.
 */

import type { ClientSpec } from "../client/client-spec.ts";

const venues = "bybit|binance|okx|okex|kucoin|kraken|coinbase|bitget|gateio|gate|deribit|bitmex|mexc|htx|exchange|ccxt";
const realKey = new RegExp(`^(?=.*(?:key|secret|passphrase))(?:.*_)?(?:${venues})(?:_|$)|^api_?(?:key|secret)$`, "i");

/** The names of variables that a client would get and that look like an exchange's keys. */
export function realKeysFor({ env = {} }: Pick<ClientSpec, "env">, variables: NodeJS.ProcessEnv): string[] {
  return Object.keys(variables).filter(
    // What the client's own config sets is not taken from here; ours are not handed on.
    (name) => realKey.test(name) && variables[name] !== "" && !(name in env) && !name.startsWith("FIREDRILL_"),
  );
}

export function warnOfRealKeys(clients: readonly ClientSpec[], variables: NodeJS.ProcessEnv): void {
  // The shipped ones read nothing but the contract.
  for (const client of clients.filter(({ shipped }) => shipped !== true)) {
    const names = realKeysFor(client, variables);
    if (names.length === 0) continue;
    process.stderr.write(
      `firedrill: The environment has ${names.join(", ")}, and the client ${client.name} gets ${names.length === 1 ? "it" : "them"}. If it ignores the FIREDRILL_… variables it trades live. Unset ${names.length === 1 ? "it" : "them"}, or map ${names.length === 1 ? "it" : "them"} in the client's env of firedrill.config.ts.\n`,
    );
  }
}

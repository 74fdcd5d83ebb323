/** Proxies and toxics as Toxiproxy writes them, down to the order of members and Go's escapes. */

import type { Proxy } from "../proxy.ts";
import type { Toxic } from "../toxic.ts";

/** What the original has not is shown only where it was given. */
export const renderToxic = ({
  attributes,
  name,
  type,
  streamText,
  toxicity,
  ttlMs,
  connection,
  liveOnly,
}: Toxic): object => ({
  attributes,
  name,
  type,
  stream: streamText,
  toxicity,
  ...(ttlMs === undefined ? {} : { ttl_ms: ttlMs }),
  ...(connection === undefined ? {} : { connection }),
  ...(liveOnly === undefined ? {} : { live_only: liveOnly }),
});

/** `Logger` is in v2.12.0's answers by an oversight of theirs; strict clients may have learned to expect it. */
export const renderProxy = ({ name, listen, upstream, enabled, toxics }: Proxy): object => ({
  name,
  listen,
  upstream,
  enabled,
  Logger: {},
  toxics: toxics.all().map(renderToxic),
});

/** Written by hand, because a JavaScript object would put names such as `1` first. */
export const renderProxies = (proxies: readonly Proxy[]): string =>
  `{${proxies.map((proxy) => `${goJson(proxy.name)}:${goJson(renderProxy(proxy))}`).join(",")}}`;

export function goJson(value: unknown): string {
  const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escape);
}

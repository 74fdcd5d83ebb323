/**
 * Puts toxics on a proxy and takes them off again. The embedded engine changes several at one moment and knows their
 * time to live; for a Toxiproxy one is changed after the other, and the time is kept here. If Firedrill is killed
 * meanwhile, the reaper removes the whole proxy (see `proxies.ts`).
 */

import type { Proxy as ProxyClient } from "toxiproxy-node-client";
import { wallClock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { ToxicBody } from "./toxic-spec.ts";

export interface Installed {
  /** Nothing happens to a toxic whose time to live has ended before. */
  remove(): Promise<void>;
}

export async function installTogether(url: string, proxy: string, bodies: readonly ToxicBody[]): Promise<Installed> {
  const change = async (body: object): Promise<void> => {
    const reply = await fetch(`${url}/toxics`, { method: "POST", body: JSON.stringify(body) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(text.trim());
  };
  await change({ add: bodies.map((body) => ({ proxy, ...body })) });
  return { remove: () => change({ remove: bodies.map(({ name }) => ({ proxy, name })) }) };
}

export async function installInTurn(proxy: ProxyClient, bodies: readonly ToxicBody[]): Promise<Installed> {
  const installed: Installed[] = [];
  const remove = async (): Promise<void> => {
    for (const one of installed.splice(0)) await one.remove();
  };
  try {
    for (const body of bodies) installed.push(await installOne(proxy, body));
  } catch (error) {
    await remove();
    throw error;
  }
  return { remove };
}

async function installOne(proxy: ProxyClient, { ttl_ms: ttlMs, ...body }: ToxicBody): Promise<Installed> {
  const toxic = await proxy.addToxic({ ...body, type: body.type as "latency" });
  let gone: Promise<void> | undefined;
  const remove = (): Promise<void> => {
    expiry?.cancel();
    gone ??= toxic.remove().then(() => undefined, ignoreMissing);
    return gone;
  };
  // A failure shows when the proxy itself is removed, to whoever waits for that.
  const expiry = ttlMs === undefined ? undefined : wallClock.after(ttlMs, () => void remove().catch(() => undefined));
  return { remove };
}

function ignoreMissing(error: unknown): void {
  // The client library keeps of an answer nothing but this sentence.
  if (!messageOf(error).includes("status code 404")) throw error;
}

/**
 * Whether what was made to go wrong at a proxy is still so when it is healed: a client that finds a Toxiproxy's API, which
 * knows no secret, could have healed its own fault. Nobody else can change the embedded engine, whose API has one. A toxic that
 * is put back before it is looked at is not noticed.
 */

import type { JournalSink } from "../../core/journal/event.ts";
import type { ToxicBody } from "./toxic-spec.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** Somebody else has changed the proxy of an endpoint while a fault was on: what followed is not what was ordered. */
    "proxy.tampered": { endpoint: string; what: string };
  }
}

/** As Toxiproxy describes a proxy. */
interface State {
  enabled: boolean;
  toxics: { name: string; toxicity: number; attributes: Record<string, number> }[];
}

export interface Ordered {
  enabled: boolean;
  toxics: readonly ToxicBody[];
}

/** @param url Of the proxy, at the engine's API. @returns What is not as it was ordered, or undefined. */
export async function tamperedWith(url: string, { enabled, toxics }: Ordered): Promise<string | undefined> {
  const reply = await fetch(url);
  if (reply.status === 404) return "the proxy was removed";
  const state = (await reply.json()) as State;
  if (state.enabled !== enabled) return `the proxy was ${state.enabled ? "enabled" : "disabled"}`;
  for (const { name, type, toxicity, attributes } of toxics) {
    const there = state.toxics.find((toxic) => toxic.name === name);
    if (there === undefined) return `the toxic ${type} was removed`;
    const changed = Object.entries(attributes).some(([key, value]) => there.attributes[key] !== value);
    if (changed || there.toxicity !== toxicity) return `the toxic ${type} was changed`;
  }
  return undefined;
}

export const journalTampering =
  (journal: JournalSink, endpoint: string) =>
  (what: string): void =>
    void journal.write("proxy.tampered", { endpoint, what });

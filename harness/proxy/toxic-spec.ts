/**
 * A toxic as a fault asks for it, and as the API takes it. Times become wall time here and nowhere else; a rate is per
 * second of the incident, so it grows by as much as times shrink.
 */

import type { Clock } from "../../core/clock.ts";
import { FiredrillError } from "../../core/errors.ts";

export type Direction = "upstream" | "downstream";

export interface ToxicSpec {
  /** Unique on its proxy. */
  name: string;
  type: string;
  stream: Direction;
  /** Attributes as Toxiproxy names them, with times in incident ms. */
  attributes: Readonly<Record<string, number>>;
  /** The share of connections it strikes, 0 to 1; all by default. A Toxiproxy draws without a seed: give it 0 or 1. */
  toxicity?: number;
  /** Incident ms after which it is removed, whatever becomes of who added it. */
  ttlMs?: number;
  /** The one connection it is meant for, `signal/3` being 3, or those that are live now; embedded engine only. */
  connection?: number | "live";
}

export interface ToxicBody {
  name: string;
  type: string;
  stream: Direction;
  toxicity: number;
  attributes: Record<string, number>;
  ttl_ms?: number;
  connection?: number;
  live_only?: boolean;
}

/** Attributes of toxics that are times on the wire, and so have to be compressed. */
const times = new Set(["latency", "jitter", "timeout", "delay"]);
/** Attributes that are amounts per second. */
const rates = new Set(["rate"]);

/** Toxiproxy's own; with any other it answers only that the type is invalid. */
const toxiproxyTypes = new Set("latency bandwidth slow_close timeout reset_peer slicer limit_data noop".split(" "));

export function toxicBody(toxic: ToxicSpec, clock: Clock, extended: boolean): ToxicBody {
  const { name, type, stream, toxicity = 1, ttlMs, connection } = toxic;
  if (!extended && (!toxiproxyTypes.has(type) || connection !== undefined)) {
    const what = toxiproxyTypes.has(type) ? "toxics for some connections only" : `toxic "${type}"`;
    throw new FiredrillError(`Toxiproxy has no ${what}: it is Firedrill's own. Use --proxy embedded.`);
  }
  const onTheWall = (attribute: string, value: number): number => {
    if (times.has(attribute)) return Math.round(clock.toWallMs(value));
    return rates.has(attribute) ? Math.max(Math.round(value * clock.compression), Math.sign(value)) : value;
  };
  return {
    ...{ name, type, stream, toxicity },
    attributes: Object.fromEntries(
      Object.entries(toxic.attributes).map(([key, value]) => [key, onTheWall(key, value)]),
    ),
    ...(ttlMs === undefined ? {} : { ttl_ms: Math.max(Math.round(clock.toWallMs(ttlMs)), 1) }),
    ...(connection === undefined ? {} : connection === "live" ? { live_only: true } : { connection }),
  };
}

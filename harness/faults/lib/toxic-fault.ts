/**
 * Faults that are toxics on an endpoint's proxy: they stay as long as the fault, and the engine itself takes them away
 * when its time to live is over. On the embedded engine they land when the engine says that one changed something. A
 * Toxiproxy says nothing: there the proof is what the mocks saw, and where they cannot see it the fault needs the
 * embedded engine.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Direction } from "../../proxy/toxic-spec.ts";
import type { Endpoint } from "../../testbed/testbed.ts";
import type { ArmedFault, FaultContext, Need } from "../../incident/fault.ts";
import { ownToxics } from "./needs.ts";
import { passed } from "./passed.ts";

/** Which of an endpoint's connections a fault is for. */
export interface Target {
  endpoint: Endpoint;
  /**
   * Only the n-th connection of the endpoint (`signal/3` is 3), or only those that are live when it is armed. Default:
   * all, those that come later too. Needs the embedded engine.
   */
  connection?: number | "live";
}

export interface Directed {
  direction?: Direction | "both";
}

export interface ToxicFault {
  type: string;
  attributes: Readonly<Record<string, number>>;
  /** What it does, in words, for the evidence: `a latency of 7000 ms`. */
  words: string;
  directions: readonly Direction[];
  /** What a mock's event shows of it, on a Toxiproxy. Default: bytes passed while the toxic was there. */
  seenByMock?: (event: JournalEvent, armedAtMs: number) => string | undefined;
}

export const directionsOf = (direction: Direction | "both"): readonly Direction[] =>
  direction === "both" ? ["upstream", "downstream"] : [direction];

/** For a kind's `needsFor`: which connections can be chosen only by our own engine. */
export const targetNeeds = ({ connection }: Target): readonly Need[] => (connection === undefined ? [] : [ownToxics]);

/** "data to exchange-rest", for a kind's `awaits`. */
export function trafficOf({ endpoint, connection }: Target, direction: Direction | "both"): string {
  const way = { upstream: `data to ${endpoint}`, downstream: `data from ${endpoint}`, both: `data on ${endpoint}` };
  return `${way[direction]}${onlyOn(endpoint, connection)}`;
}

export function onlyOn(endpoint: Endpoint, connection: Target["connection"]): string {
  if (connection === undefined) return "";
  return connection === "live" ? " on a connection that was live when it was armed" : ` on ${endpoint}/${connection}`;
}

export async function armToxics(
  { id, testbed }: FaultContext,
  ttlMs: number,
  { endpoint, connection }: Target,
  { type, attributes, words, directions, seenByMock }: ToxicFault,
): Promise<ArmedFault> {
  const names = new Map(directions.map((direction) => [`${id}-${direction}`, direction]));
  const only = connection === undefined ? {} : { connection };
  const installed = await testbed.proxies[endpoint].addToxics(
    [...names].map(([name, stream]) => ({ name, type, stream, attributes, ttlMs, ...only })),
  );
  return {
    toxics: [...names.keys()],
    landing: testbed.engine.extended
      ? hits(endpoint, names, words)
      : seenByTheMock(seenByMock, { endpoint, directions, words, armedAtMs: testbed.clock.elapsed() }),
    heal: () => installed.remove(),
  };
}

function hits(endpoint: Endpoint, names: ReadonlyMap<string, Direction>, words: string): ArmedFault["landing"] {
  return (event) => {
    if (event.type !== "proxy.toxic-hit" || event.endpoint !== endpoint) return undefined;
    const direction = names.get(event.toxic);
    if (direction === undefined) return undefined;
    return `${event.connection} met ${words} ${direction} from byte ${event.byteOffset} on`;
  };
}

function seenByTheMock(
  seen: ToxicFault["seenByMock"],
  {
    endpoint,
    directions,
    words,
    armedAtMs,
  }: Pick<ToxicFault, "directions" | "words"> & {
    endpoint: Endpoint;
    armedAtMs: number;
  },
): ArmedFault["landing"] {
  if (seen !== undefined) return (event) => seen(event, armedAtMs);
  const ways = directions.map((direction) => passed(endpoint, direction, armedAtMs));
  return (event) => {
    const what = ways.map((way) => way(event)).find((words) => words !== undefined);
    return what === undefined ? undefined : `${what} while there was ${words} on ${endpoint}`;
  };
}

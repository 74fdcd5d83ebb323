/**
 * A random life of one connection: words in both directions while toxics come, change and go, then an end. Only what
 * Toxiproxy itself leaves to no race is generated: toxics that lose bytes come when nothing is under way, and while a
 * toxic holds everything back its stream is not touched otherwise (Toxiproxy drops what it cannot flush in 5 s).
 */

import { random, type Random } from "../../../core/random.ts";
import type { Toxic } from "../wire.ts";

export type Stream = "upstream" | "downstream";
type Named = Toxic & { name: string; stream: Stream };

export type Step =
  | { do: "send"; stream: Stream; bytes: number }
  | { do: "add"; toxic: Named }
  | { do: "update"; name: string; attributes: Record<string, number> }
  | { do: "remove"; name: string }
  /** Waits until everything has arrived, then sends a word that is due no sooner than that. */
  | { do: "probe"; stream: Stream; dueMs: number };

export type Ending =
  | { end: "client-fin" | "upstream-fin" | "client-rst" | "upstream-rst"; lastWords: number }
  | { end: "disable" }
  /** A toxic that loses bytes, then so many bytes for it; removed after them if it does not close by itself. */
  | { end: "toxic"; toxic: Named; bytes: number; remove: boolean };

export interface Sequence {
  seed: number;
  /** Whether every close has to be a reset. */
  armed: boolean;
  steps: Step[];
  ending: Ending;
}

const streams = ["upstream", "downstream"] as const;

export function sequenceOf(seed: number): Sequence {
  const dice = random(seed);
  const armed = dice.chance(0.25);
  const installed = new Map<string, Named>();
  const steps = Array.from({ length: dice.integer(4, 20) }, (_, index) => stepOf(dice, installed, index));
  // Whatever still holds would hold the end, too.
  for (const { name } of [...installed.values()].filter(holds)) {
    steps.push({ do: "remove", name });
    installed.delete(name);
  }
  return { seed, armed, steps, ending: endingOf(dice, armed) };
}

function stepOf(dice: Random, installed: Map<string, Named>, index: number): Step {
  const stream = dice.pick(streams);
  const here = [...installed.values()].filter((toxic) => toxic.stream === stream);
  const holding = here.find(holds);
  const send: Step = { do: "send", stream, bytes: dice.integer(1, dice.chance(0.2) ? 100_000 : 3_000) };
  if (holding !== undefined) {
    if (dice.chance(0.5)) return send;
    installed.delete(holding.name);
    return { do: "remove", name: holding.name };
  }
  const choice = dice.next();
  if (choice < 0.35) return send;
  const target = here.length === 0 ? undefined : dice.pick(here);
  if (choice < 0.6 || target === undefined) {
    const toxic = { ...toxicOf(dice), name: `t${index}`, stream, toxicity: dice.chance(0.85) ? 1 : 0 };
    installed.set(toxic.name, toxic);
    return { do: "add", toxic };
  }
  if (choice < 0.75) {
    installed.delete(target.name);
    return { do: "remove", name: target.name };
  }
  const steady = here.every(({ type, attributes }) => type !== "bandwidth" && (attributes?.jitter ?? 0) === 0);
  if (choice < 0.88 || !steady || [...installed.values()].some(holds)) {
    const attributes = attributesOf(dice, target.type);
    installed.set(target.name, { ...target, attributes });
    return { do: "update", name: target.name, attributes };
  }
  const delays = here.map(({ attributes, toxicity }) => (toxicity === 0 ? 0 : (attributes?.latency ?? 0)));
  return { do: "probe", stream, dueMs: delays.reduce((sum, ms) => sum + ms, 0) };
}

const holds = ({ type, attributes, toxicity }: Toxic): boolean =>
  type === "bandwidth" && attributes?.rate === 0 && toxicity !== 0;

function toxicOf(dice: Random): Toxic {
  if (dice.chance(0.12)) return { type: "bandwidth", attributes: { rate: 0 } };
  const type = dice.pick(["latency", "bandwidth", "slicer", "slow_close", "noop"]);
  return { type, attributes: attributesOf(dice, type) };
}

function attributesOf(dice: Random, type: string): Record<string, number> {
  switch (type) {
    case "latency": {
      const latency = dice.integer(0, 40);
      return { latency, jitter: dice.chance(0.3) ? dice.integer(0, latency) : 0 };
    }
    case "bandwidth":
      return { rate: dice.integer(1_000, 20_000) };
    case "slicer":
      return {
        average_size: dice.integer(200, 4_000),
        size_variation: dice.integer(0, 100),
        delay: dice.integer(0, 50),
      };
    case "slow_close":
      return { delay: dice.integer(0, 40) };
    default:
      return {};
  }
}

function endingOf(dice: Random, armed: boolean): Ending {
  const stream = dice.pick(streams);
  const lastWords = dice.chance(0.5) ? dice.integer(1, 2_000) : 0;
  const lossy = (type: string, attributes: Record<string, number>): Ending => ({
    end: "toxic",
    toxic: { type, name: "last", stream, attributes },
    bytes: dice.integer(1, 8_000),
    remove: type === "timeout" && attributes.timeout === 0,
  });
  return dice.pick<() => Ending>([
    () => ({ end: "client-fin", lastWords }),
    () => ({ end: "upstream-fin", lastWords }),
    () => ({ end: "client-rst", lastWords: 0 }),
    () => ({ end: "upstream-rst", lastWords: 0 }),
    () => ({ end: "disable" }),
    // A reset takes back what the receiver has not read yet, so what arrives before it is a race.
    () => (armed ? { end: "disable" } : lossy("limit_data", { bytes: dice.integer(1, 8_000) })),
    () => lossy("timeout", { timeout: dice.chance(0.5) ? 0 : dice.integer(10, 30) }),
    () => lossy("reset_peer", { timeout: dice.integer(0, 20) }),
  ])();
}

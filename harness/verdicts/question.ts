/** What every builder of checks shares: a question with options, asked of the evidence of a run. */

import { Evidence } from "../evidence/evidence.ts";
import type { Check, Judgement } from "../incident/check.ts";
import { notSeen, type Missing } from "./judge-cases.ts";

/** Fixed, or by the options. */
export type Phrase<O> = string | ((options: O) => string);

export interface Question<O> {
  /** A verb in the third person, as `firedrill list` shows it: "dials again within 1 s of losing a stream". */
  asks: Phrase<O>;
  /** What the client has to show for it, by a function of `needs.ts`. */
  needs?: (evidence: Evidence, options: O) => Missing | undefined;
  /** Why there may be nothing to judge: "no stream was lost". */
  unjudged: Phrase<O>;
}

/** A check before it is given its options; without any where none has to be given. */
export type CheckOf<O> = (...given: Partial<O> extends O ? [options?: O] : [options: O]) => Check;

export const say = <O>(phrase: Phrase<O>, options: O): string =>
  typeof phrase === "string" ? phrase : phrase(options);

export interface Shape {
  asks: string;
  unjudged: string;
  unit: string;
  target: number;
}

/** What is held against what was measured: it is to be at most, or at least, so much. */
export interface Bound<O> {
  unit: string;
  limit: (options: O) => number;
  bound: "most" | "least";
}

export function question<O>(
  name: string,
  { asks, needs, unjudged }: Question<O>,
  { unit, limit, bound }: Bound<O>,
  judge: (evidence: Evidence, options: O, shape: Shape) => Judgement,
): CheckOf<O> {
  const make = (options: O): Check => {
    const target = limit(options);
    const shape = { asks: say(asks, options), unjudged: say(unjudged, options), unit, target };
    return {
      name,
      asks: shape.asks,
      limitMs: unit === "ms" && bound === "most" ? target : undefined,
      targets: figuresOf(options),
      retargeted: (targets) => make({ ...options, ...targets }),
      judge(journal, setting) {
        const evidence = new Evidence(journal, setting);
        const missing = needs?.(evidence, options);
        return missing === undefined ? judge(evidence, options, shape) : notSeen(evidence, shape, missing);
      },
    };
  };
  return (...given) => make((given[0] ?? {}) as O);
}

const figuresOf = (options: unknown): Record<string, number> =>
  Object.fromEntries(
    Object.entries(options as Record<string, unknown>).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    ),
  );

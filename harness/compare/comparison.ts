/**
 * Before against after: the same scenarios, played by one client each. How many fewer resets and timeouts there have to
 * be is a target; everything else is only shown.
 */

import { FiredrillError, exitCode } from "../../core/errors.ts";
import { count } from "../../core/units.ts";
import type { Verdict } from "../incident/check.ts";
import type { StoredPlay } from "../runner/stored/stored-run.ts";
import { figuresOf, type Figures } from "./figures.ts";

/** In percent, 0 to 100. */
export interface Targets {
  fewerResets: number;
  fewerTimeouts: number;
}

/** A count that has to go down. */
export interface Reduction {
  what: "connection resets" | "timeouts";
  before: number;
  after: number;
  /** In percent, negative where there are more; null where there were none before. */
  fewer: number | null;
  target: number;
  /** `unknown` where there was nothing to reduce. */
  verdict: Extract<Verdict, "pass" | "fail" | "unknown">;
}

export interface Comparison {
  pairs: readonly { before: Figures; after: Figures }[];
  /** Over all scenarios. */
  reductions: readonly Reduction[];
  verdict: Reduction["verdict"];
}

export interface NamedRun {
  /** As the user gave it. */
  name: string;
  plays: readonly StoredPlay[];
}

/** @throws FiredrillError where the two cannot be compared. */
export function compare(before: NamedRun, after: NamedRun, targets: Targets): Comparison {
  const [old, young] = [byScenario(before), byScenario(after)];
  const [scenarios, others] = [[...old.keys()], [...young.keys()]];
  if (scenarios.toSorted().join() !== others.toSorted().join()) {
    throw new FiredrillError(
      `The runs cannot be compared: ${before.name} played ${scenarios.join(", ")}, ${after.name} played ${others.join(", ")}. Give two runs of the same scenarios.`,
    );
  }
  const pairs = [...old].flatMap(([scenario, figures]) => {
    const other = young.get(scenario);
    return other === undefined ? [] : [{ before: figures, after: other }];
  });
  const sum = (side: "before" | "after", what: "resets" | "timeouts"): number =>
    pairs.reduce((total, pair) => total + pair[side][what], 0);
  const reductions = [
    reduction("connection resets", sum("before", "resets"), sum("after", "resets"), targets.fewerResets),
    reduction("timeouts", sum("before", "timeouts"), sum("after", "timeouts"), targets.fewerTimeouts),
  ];
  const worst = (["fail", "unknown"] as const).find((one) => reductions.some(({ verdict }) => verdict === one));
  return { pairs, reductions, verdict: worst ?? "pass" };
}

/** @throws FiredrillError where it has two clients for a scenario, or a play that proves nothing. */
function byScenario({ name, plays }: NamedRun): Map<string, Figures> {
  const grouped = Map.groupBy(plays, ({ result: { scenario, trial } }) =>
    trial === null ? scenario : `${scenario}/${trial}`,
  );
  return new Map(
    [...grouped].map(([scenario, group]) => {
      const [play] = group;
      if (play === undefined || group.length > 1) {
        throw new FiredrillError(
          `${name} holds ${count(group.length, "client")} for ${scenario} (${group.map(({ result }) => result.client).join(", ")}), and a comparison takes one on each side. Give the folder of one of them, such as ${name}/${scenario}/${group[0]?.result.client.replaceAll("/", "-") ?? ""}.`,
        );
      }
      const { client, valid, reason } = play.result;
      if (!valid) {
        throw new FiredrillError(
          `${scenario} × ${client} in ${name} is invalid, so its figures say nothing: ${reason ?? "its fault never landed"} Run it again.`,
          { exitCode: exitCode.invalid },
        );
      }
      return [scenario, figuresOf(play)];
    }),
  );
}

function reduction(what: Reduction["what"], before: number, after: number, target: number): Reduction {
  const fewer = before === 0 ? null : Math.round((1 - after / before) * 1_000) / 10;
  const nothing = before === 0 && after === 0;
  const verdict = nothing ? "unknown" : fewer !== null && (1 - after / before) * 100 >= target ? "pass" : "fail";
  return { what, before, after, fewer, target, verdict };
}

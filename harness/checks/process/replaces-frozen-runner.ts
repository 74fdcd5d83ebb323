/**
 * A runner that was stopped, so that nothing comes from it though it is there and connected, is ended within a time, and
 * not before it could be distinguished from a quiet market.
 */

import { formatDuration } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { childProcess } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";

export interface FrozenTargets {
  child: string;
  notBefore: number;
  within: number;
}

export const replacesFrozenRunner = within<FrozenTargets>("replaces-frozen-runner", {
  asks: ({ child, notBefore, within }) =>
    `ends a ${child} from which nothing comes after ${formatDuration(notBefore)}, within ${formatDuration(within)}`,
  needs: childProcess,
  todo: (_frozen, { child }) => `end its ${child}`,
  unjudged: ({ child }) => `its ${child} was not frozen`,
  occasions(evidence, { child, notBefore }) {
    const frozen = evidence.faults().find(({ name }) => name === "process.stop");
    const event = frozen?.proven;
    const life = evidence.runners(child).find(({ pid }) => event?.type === "client.process" && event.pid === pid);
    if (frozen === undefined || event === undefined || life === undefined) return [];
    const { landedAt: at, armedAt, healedAt: by } = frozen;
    // It may have been frozen for a while before it was seen to be.
    const least = notBefore - evidence.tolerances.samplesApartMs - (at - armedAt);
    const more = life.died === undefined ? [] : [lineOf(life.died, `process ${life.pid} ended`)];
    return [{ event, what: `process ${life.pid} was stopped`, at, until: life.endedAt, by, least, more }];
  },
});

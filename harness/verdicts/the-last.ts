/** Several things that have to come, of which the last one counts. */

import { count } from "../../core/units.ts";

const shown = 3;

/** For an occasion: when the last of them came, and, for a failure, which had not come by a moment. */
export function theLast(
  noun: string,
  things: readonly { name: string; at: number | undefined }[],
  byMs: number,
): { until: number | undefined; seen: string } {
  const last = Math.max(...things.map(({ at }) => at ?? Infinity));
  const late = things.filter(({ at }) => (at ?? Infinity) > byMs).map(({ name }) => name);
  const names = `${late.slice(0, shown).join(", ")}${late.length > shown ? " …" : ""}`;
  const when = last === Infinity ? "never came back" : "had not come back by then";
  return {
    until: last === Infinity ? undefined : last,
    seen: `${count(late.length, noun)} of ${things.length} (${names}) ${when}`,
  };
}

/**
 * Something that goes wrong is in the log soon: within a time after a fault's landing there is a line of a kind that was not
 * printed before it. Who collapses what repeats must not lose the first. Asked of faults that last for so long.
 */

import { formatDuration } from "../../../core/units.ts";
import { printedKinds } from "../../evidence/printed-kinds.ts";
import { printedLines } from "../../verdicts/needs.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

export const logsTrouble = within<{ within: number }>("logs-trouble", {
  asks: ({ within }) => `logs within ${formatDuration(within)} that something went wrong`,
  needs: printedLines,
  todo: "log that something went wrong",
  unjudged: "no fault lasted for so long",
  occasions(evidence, { within: withinMs }) {
    const kinds = printedKinds(evidence.journal, evidence.setting.symbols);
    return evidence.troubles().flatMap(({ proven: event, what, armedAt, landedAt: at, healedAt }): Occasion[] => {
      if (healedAt - at < withinMs) return [];
      const fresh = kinds.flatMap(({ lines: [first] }) =>
        first !== undefined && first.at >= armedAt ? [first.at] : [],
      );
      const until = fresh.length === 0 ? undefined : Math.max(Math.min(...fresh), at);
      return [{ event, what: `${what} landed`, at, until }];
    });
  },
});

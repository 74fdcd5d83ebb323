/**
 * A dial that is not answered is given up within a time: TCP was accepted, the upgrade never came. Whoever waits for it
 * is connected to nobody, and nothing else will say so. Judged from the server's side; a dial that was refused or
 * answered in time did not have to be given up.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const givesUpDials = within<{ within: number } & EndpointOption>("gives-up-dials", {
  asks: ({ within }) => `gives a dial up that is not answered within ${formatDuration(within)}`,
  todo: "give a dial up that nobody answers",
  unjudged: ({ within }) => `none of its dials was left waiting for ${formatDuration(within)}`,
  occasions: (evidence, { within, endpoint = "exchange-public" }) =>
    evidence.dials(endpoint).flatMap(({ dialled, connection, at, outcome, ended }) => {
      const inTime = (ended?.at ?? Infinity) - at <= within;
      if (outcome === "refused" || (outcome === "opened" && inTime)) return [];
      const late = ended === undefined ? undefined : `it was answered after ${formatDuration(ended.at - at)}`;
      const seen = outcome === "opened" && late !== undefined ? { seen: late } : {};
      return [{ event: dialled, what: `${connection} was dialled`, at, until: ended?.at, ...seen }];
    }),
});

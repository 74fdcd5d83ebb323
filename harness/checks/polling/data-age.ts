/**
 * How old the newest value of a path gets before the next one replaces it, from the exchange's side: from one answer to
 * the next. What the answer still had to travel is not in it.
 */

import { formatDuration } from "../../../core/units.ts";
import { atMost } from "../../verdicts/figure.ts";

export interface DataAgeOptions {
  path: string;
  atMost: number;
}

export const dataAge = atMost<DataAgeOptions>("data-age", {
  asks: ({ path, atMost }) => `has no data of ${path} older than ${formatDuration(atMost)}`,
  unit: "ms",
  limit: ({ atMost }) => atMost,
  todo: ({ path, atMost }) => `have no data of ${path} older than ${formatDuration(atMost)}`,
  unjudged: ({ path }) => `it had no answer from ${path} twice`,
  cases: (evidence, { path }) =>
    evidence.valueGaps().flatMap(({ of, from: event, ms }) => {
      if (of.path !== path) return [];
      const seen = `its answer to ${of.name} of ${evidence.date(event.at)} was the newest for ${formatDuration(ms)}`;
      return [{ event, what: "the answer that grew old", at: event.at, value: ms, seen }];
    }),
});

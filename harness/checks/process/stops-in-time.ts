/**
 * A client that the operator asks to stop is gone within a time: its process ended by itself, every connection closed,
 * and no process of it left running.
 */

import { formatDuration } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const stopsInTime = within<{ within: number }>("stops-in-time", {
  asks: ({ within }) => `has closed everything and is gone within ${formatDuration(within)} of being asked to stop`,
  todo: "close every connection and be gone",
  unjudged: "nobody asked it to stop",
  occasions: (evidence) =>
    evidence.stops().map(({ asked, overAt, wrong, exit, leftBehind }) => ({
      ...{ event: asked, what: `it was asked to stop by ${asked.signal}`, at: asked.at, until: overAt, by: Infinity },
      ...(wrong.length === 0 ? {} : { seen: wrong.join("; ") }),
      more: [
        ...(exit === undefined
          ? []
          : [lineOf(exit, `process ${exit.pid} ended with ${exit.signal ?? `code ${exit.code ?? "unknown"}`}`)]),
        ...leftBehind.map((event) => lineOf(event, "this process went on")),
      ],
    })),
});

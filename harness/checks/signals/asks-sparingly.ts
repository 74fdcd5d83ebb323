/**
 * While a wave is not there yet the signal server is asked again, but not more often than every so many seconds (report B,
 * H3: every 2 s). Requests on one connection are compared.
 */

import { formatDuration } from "../../../core/units.ts";
import { never } from "../../verdicts/never.ts";

export const asksSparingly = never<{ every: number }>("asks-sparingly", {
  asks: ({ every }) => `asks for signals at most every ${formatDuration(every)}`,
  unit: "requests",
  todo: ({ every }) => `ask for signals at most every ${formatDuration(every)}`,
  unjudged: "it never asked for signals",
  violations(evidence, { every }) {
    const asked = evidence.all("signal.request").filter(({ request }) => request === "get_signals");
    return asked.flatMap((event, n) => {
      const before = asked.slice(0, n).findLast(({ connection }) => connection === event.connection);
      const gapMs = event.at - (before?.at ?? -Infinity);
      if (gapMs >= every - evidence.tolerances.onItsWayMs) return [];
      return [{ event, what: `asked again ${formatDuration(gapMs)} after it had asked,`, at: event.at }];
    });
  },
  looked(evidence) {
    const asked = evidence.all("signal.request").filter(({ request }) => request === "get_signals").length;
    return asked === 0 ? undefined : `it asked ${asked} times`;
  },
});

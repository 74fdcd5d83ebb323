/** Whatever happens, the client does not end by itself: a program that is gone recovers nothing. */

import { count } from "../../../core/units.ts";
import { never } from "../../verdicts/never.ts";

export const staysUp = never<object>("stays-up", {
  asks: "does not end by itself, whatever happens",
  unit: "exits",
  todo: "go on running",
  unjudged: "no fault met it while it ran",
  violations(evidence) {
    const crash = evidence.crash();
    if (crash === undefined) return [];
    const how = crash.signal ?? `code ${crash.code ?? "unknown"}`;
    return [{ event: crash, what: `exited by itself with ${how} (see the end of client.log)`, at: crash.at }];
  },
  looked(evidence) {
    const faults = evidence.faults().length;
    const started = evidence.all("client.started").length > 0;
    return started && faults > 0 ? `it ran on through ${count(faults, "fault")}` : undefined;
  },
});

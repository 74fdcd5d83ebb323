/**
 * A trial on one time axis: what was done to the client, what it had, did and reported, and how long that took. Computed
 * from its journal once, for the report that people read, the trace and the terminal alike. Nothing is judged here.
 */

import { endpointNames, endpoints } from "../../incident/endpoints.ts";
import type { Evidence } from "../evidence.ts";
import { processMarks, stateMarks } from "./client.ts";
import { connectionMarks } from "./connections.ts";
import { curvesOf } from "./curves.ts";
import { faultMarks, recoveryMarks } from "./faults.ts";
import { laneOf, type Lane, type Timeline } from "./marks.ts";
import { alertMarks, orderMarks, signalMarks } from "./trading.ts";

/** So many marks may stand beside each other in a row. */
const drawnApart = 150;

/** @param most How many marks a lane, and points a curve, may have. */
export function timelineOf(evidence: Evidence, most: number): Timeline {
  const { journal } = evidence;
  const fromAt = Math.max(evidence.startMs(), 0);
  const toAt = Math.max(journal.endMs, fromAt + 1);
  const lane = (id: string, title: string, marks: Parameters<typeof laneOf>[2]): Lane[] => {
    const made = laneOf(id, title, marks, { most, leastMs: (toAt - fromAt) / drawnApart });
    return made === undefined ? [] : [made];
  };
  const connections = endpointNames.flatMap((endpoint) =>
    lane(endpoint, endpoint, connectionMarks(evidence, endpoint, endpoints[endpoint].kind === "stream")).map(
      (made) => ({ ...made, toneOfEnd: true as const }),
    ),
  );
  return {
    ...{ fromAt, toAt },
    lanes: [
      ...lane("faults", "Faults", faultMarks(evidence)),
      ...lane("recovery", "Recovery", recoveryMarks(evidence)),
      ...lane("client", "Client process", processMarks(evidence)),
      ...lane("states", "Client states", stateMarks(evidence)),
      ...connections,
      ...lane("signals", "Signals", signalMarks(evidence)),
      ...lane("orders", "Orders", orderMarks(evidence)),
      ...lane("alerts", "Alerts", alertMarks(evidence)),
    ],
    curves: curvesOf(evidence, { fromAt, toAt }, most),
  };
}

/**
 * A message that cannot be read, or is far larger than usual, costs that message and not the connection: the stream that
 * brought it is still up a while later. Judged from the server's side.
 */

import { count, formatDuration } from "../../../core/units.ts";
import { closeText } from "../../evidence/streams.ts";
import { lineOf, type EndpointOption } from "../../incident/check.ts";
import { never } from "../../verdicts/never.ts";

export interface KeepsStreamsOptions extends EndpointOption {
  /** How long a stream has to outlive what it brought. */
  lasting: number;
}

export const keepsStreams = never<KeepsStreamsOptions>("keeps-streams", {
  asks: ({ lasting }) => `keeps a stream for ${formatDuration(lasting)} and more after a message that is of no use`,
  unit: "streams",
  todo: ({ lasting }) => `keep a stream for ${formatDuration(lasting)} after a message that is of no use`,
  unjudged: "none of its messages was spoilt, or it was stopped right after",
  violations(evidence, { lasting, endpoint = "exchange-public" }) {
    const crash = evidence.crash();
    // What ends with the client's own death is its doing; what ends with its stop is not.
    const untilMs = crash === undefined ? evidence.endMs() : Infinity;
    const ended = crash === undefined ? "" : ` (the client ${evidence.exitText(crash)})`;
    const hits = Map.groupBy(evidence.frameHits(endpoint), ({ connection }) => connection);
    return evidence.streams(endpoint).flatMap(({ connection, closed }) => {
      if (closed === undefined || closed.at > untilMs) return [];
      const hit = hits.get(connection)?.find(({ at }) => closed.at >= at && closed.at - at < lasting);
      if (hit === undefined) return [];
      const what = `lost one: ${formatDuration(closed.at - hit.at)} after ${hit.topic} met ${hit.action} ${closeText(closed)}${ended}`;
      return [{ event: closed, what, at: closed.at, more: [lineOf(hit.event, `${hit.topic} met ${hit.action}`)] }];
    });
  },
  looked(evidence, { lasting, endpoint = "exchange-public" }) {
    const outlived = evidence.frameHits(endpoint).filter(({ at }) => evidence.endMs() - at >= lasting);
    if (outlived.length === 0) return undefined;
    return `after ${count(outlived.length, "message")}, ${outlived.map(({ action }) => action).join(", ")}`;
  },
});

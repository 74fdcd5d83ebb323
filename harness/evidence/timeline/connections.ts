/** The lanes of connections, one an endpoint: each one's life and how it ended, and the dials that became none. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Endpoint } from "../../incident/endpoints.ts";
import type { Evidence } from "../evidence.ts";
import { closeText, type Closed } from "../streams.ts";
import { moment, span, type Tone, type Unplaced } from "./marks.ts";

export function connectionMarks(evidence: Evidence, endpoint: Endpoint, isStream: boolean): Unplaced[] {
  const { journal } = evidence;
  const open = new Map<string, JournalEvent<"connection.opened">>();
  const marks: Unplaced[] = [];
  for (const event of journal.all("connection.opened", "connection.closed")) {
    if (event.endpoint !== endpoint) continue;
    if (event.type === "connection.opened") open.set(event.connection, event);
    else {
      const opened = open.get(event.connection);
      open.delete(event.connection);
      if (opened !== undefined) marks.push(span(opened.at, event.at, endText(event), toneOf(event), opened, event));
    }
  }
  for (const opened of open.values()) {
    marks.push(span(opened.at, journal.endMs, `${opened.connection} was open to the end`, "good", opened));
  }
  return isStream ? [...marks, ...failedDials(evidence, endpoint)] : marks;
}

const endText = (closed: Closed): string =>
  closed.code === 0 ? `${closed.connection} was ended by the ${closed.by}` : closeText(closed);

const toneOf = ({ by, code }: Closed): Tone =>
  by === "client" ? "plain" : code === 0 && by === "server" ? "warn" : "bad";

const failedDials = (evidence: Evidence, endpoint: Endpoint): Unplaced[] =>
  evidence
    .attempts(endpoint)
    .filter(({ failed }) => failed)
    .map(({ at, event }) => moment(at, "a dial that became no stream", "warn", event));

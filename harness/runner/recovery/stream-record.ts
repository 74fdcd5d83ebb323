/** What the journal says of one stream endpoint, gathered once: its connections with all their steps, and who asked. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { streamLives, type StreamLife } from "../../checks/lib/stream-lives.ts";

export interface Line extends StreamLife {
  dialledAt: number;
  authenticatedAt: number | null;
  subscribedAt: number | null;
  fedAt: number | null;
  /** The client's answer to the server's close frame: it has read it. */
  closeAnsweredAt: number | null;
}

export interface StreamRecord {
  endpoint: string;
  /** In the order they were dialled. */
  lines: Line[];
  /** Upgrades that were never carried out: the dial, and when and how it ended. */
  dials: { connection: string; path: string; ended: JournalEvent<"connection.dial-ended"> }[];
  /** Telemetry `{"firedrill":"state","endpoint":…,"state":"DISCONNECTED"}`. */
  saidDown: number[];
}

export function streamRecord(journal: JournalView, endpoint: string): StreamRecord {
  const lines = streamLives(journal, endpoint).map((life): Line => ({
    ...life,
    dialledAt: life.opened.at,
    authenticatedAt: null,
    subscribedAt: null,
    fedAt: null,
    closeAnsweredAt: null,
  }));
  const byName = new Map(lines.map((line) => [line.connection, line]));
  const record: StreamRecord = { endpoint, lines, dials: [], saidDown: saidDown(journal, endpoint) };
  const paths = new Map<string, string>();
  for (const event of journal.events) {
    if (!("endpoint" in event) || event.endpoint !== endpoint || !("connection" in event)) continue;
    const line = byName.get(event.connection);
    if (event.type === "connection.upgrade-requested") paths.set(event.connection, event.path);
    else if (event.type === "connection.dial-ended") {
      record.dials.push({ connection: event.connection, path: paths.get(event.connection) ?? "", ended: event });
    } else if (line !== undefined) note(line, event);
  }
  return record;
}

/** The client's own word that it has lost an endpoint. */
export const saidDown = (journal: JournalView, endpoint: string): number[] =>
  journal
    .all("client.telemetry")
    .filter(({ event, data }) => event === "state" && data.endpoint === endpoint && data.state === "DISCONNECTED")
    .map(({ at }) => at);

function note(line: Line, event: JournalEvent): void {
  switch (event.type) {
    case "connection.dialled":
      line.dialledAt = event.at;
      break;
    case "connection.authenticated":
      line.authenticatedAt ??= event.at;
      break;
    case "connection.subscribed":
      line.subscribedAt ??= event.at;
      break;
    case "connection.fed":
      line.fedAt ??= event.at;
      break;
    case "connection.close-answered":
      line.closeAnsweredAt ??= event.at;
      break;
    default:
  }
}

/** The lanes of the client's process and of what it reports of itself: its connections' states, its health. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Evidence } from "../evidence.ts";
import { moment, span, type Tone, type Unplaced } from "./marks.ts";

/** From its start to its end, and where it was asked to stop. */
export function processMarks({ journal }: Evidence): Unplaced[] {
  const marks: Unplaced[] = [];
  let started: JournalEvent<"client.started"> | undefined;
  for (const event of journal.all("client.started", "client.stopping", "client.exited")) {
    if (event.type === "client.started") started = event;
    else if (event.type === "client.stopping") {
      marks.push(moment(event.at, `asked to stop by the ${event.by} (${event.signal})`, "plain", event));
    } else {
      const how = event.signal ?? `code ${event.code ?? "unknown"}`;
      const what = event.expected ? `ran; ended with ${how}` : `ended by itself with ${how}`;
      marks.push(span(started?.at ?? 0, event.at, what, event.expected ? "good" : "bad", started ?? event, event));
      started = undefined;
    }
  }
  if (started !== undefined) marks.push(span(started.at, journal.endMs, "ran to the end", "good", started));
  return marks;
}

/** Each state as long as it was the newest of its connection. */
export function stateMarks(evidence: Evidence): Unplaced[] {
  const states = evidence.reports("state").map(({ event, at, data }) => {
    const { endpoint, state, connection } = data;
    const of = typeof connection === "string" ? `${endpoint} ${connection}` : endpoint;
    return { event, at, of, state };
  });
  const health = evidence
    .reports("health")
    .map(({ event, at, data }) => ({ event, at, of: "health", state: data.status }));
  return [...Map.groupBy([...states, ...health], ({ of }) => of).values()].flatMap((all) => {
    const changes = all.filter(({ state }, n) => all[n - 1]?.state !== state);
    return changes.map(({ event, at, of, state }, n) =>
      span(at, changes[n + 1]?.at ?? evidence.journal.endMs, `${of}: ${state}`, toneOf(state), event),
    );
  });
}

/** The words are the client's own, so they are read by what most say. */
function toneOf(state: string): Tone {
  if (/^(ok|healthy|ready|live|connected|authenticated|subscribed|streaming|open)$/i.test(state)) return "good";
  if (/dis|lost|fail|dead|down|stale|error|closed/i.test(state)) return "bad";
  return "warn";
}

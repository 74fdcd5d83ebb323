/**
 * The trials of a journal, each as a journal of its own: what was written in it, with what stood at its start and what
 * that had been through (the client, its open connections, its children). What earlier trials did is not in it, so that a
 * trial is judged as it would be alone. A request that was under way at its end is in it, unanswered.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import { JournalView } from "../../core/journal/view.ts";
import { standingAccount } from "./account.ts";
import { lookBackMs } from "./waves.ts";

export interface TrialJournal {
  trial: string;
  journal: JournalView;
  /** Incident ms of the whole journal at which it began and ended. */
  startAt: number;
  endAt: number;
  wallMs: number;
}

/** In their order; empty where the scenario has none. */
export function trialsOf(journal: JournalView): TrialJournal[] {
  return journal.all("trial.started").map((started) => {
    const ended = journal.first("trial.ended", ({ trial, seq }) => trial === started.trial && seq > started.seq);
    const before = journal.events.slice(0, started.seq);
    const own = journal.events
      .slice(started.seq + 1, ended === undefined ? undefined : ended.seq + 1)
      .filter((event) => event.type !== "exchange.request" || event.receivedAt >= started.at);
    const begun = { ...started, account: standingAccount(new JournalView(before)) };
    return {
      trial: started.trial,
      journal: new JournalView([...standing(before, started.at), begun, ...own, ...underWay(journal, started, ended)]),
      startAt: started.at,
      endAt: ended?.at ?? journal.endMs,
      wallMs: ended?.wallMs ?? 0,
    };
  });
}

/** A request is in the journal where it ended, which for one that nobody gives up is at the client's end. */
function underWay(journal: JournalView, started: JournalEvent, ended: JournalEvent | undefined): JournalEvent[] {
  if (ended === undefined) return [];
  return journal
    .all("exchange.request")
    .filter(({ seq, receivedAt }) => seq > ended.seq && receivedAt >= started.at && receivedAt <= ended.at)
    .map((request) => ({ ...request, at: ended.at, outcome: "unanswered", status: null, retCode: null }));
}

/** What is of no trial but of what stands: the run, the client that runs, connections and children that are there, and
 * signals that are yet to be traded. */
function standing(before: readonly JournalEvent[], startedAt: number): JournalEvent[] {
  const gone = new Set<string>();
  let startedSeq = 0;
  for (const event of before) {
    if (event.type === "client.started") startedSeq = event.seq;
    if (event.type === "connection.closed" || event.type === "connection.dial-ended") gone.add(event.connection);
    if (event.type === "proxy.connection-closed") gone.add(event.connection);
    if (event.type === "client.child-ended") gone.add(`child ${event.pid}`);
  }
  const open = untraded(before, startedAt);
  return before.filter((event) => {
    if (event.type === "run.started" || event.seq === startedSeq) return true;
    if (event.type === "signal.appeared") return open.has(event);
    if (event.type === "client.child-started") return !gone.has(`child ${event.pid}`);
    return ofConnection(event) && !gone.has(event.connection);
  });
}

/** The signals of waves that are due in the trial, and that have no order yet. */
function untraded(before: readonly JournalEvent[], startedAt: number): Set<JournalEvent> {
  const view = new JournalView(before);
  const startMs = Date.parse(view.first("run.started")?.start ?? "");
  const orders = view.all("exchange.order");
  return new Set(
    view.all("signal.appeared").filter(({ signal, at }) => {
      const dueAt = Date.parse(signal.timestamp) + lookBackMs - startMs;
      const isTraded = orders.some(
        (order) => order.symbol === signal.symbol && order.side === signal.side && order.at >= at,
      );
      return dueAt > startedAt && !isTraded;
    }),
  );
}

/** A line of a connection's own life. What a fault did on it before is over. */
const ofConnection = (event: JournalEvent): event is JournalEvent & { connection: string } =>
  "connection" in event &&
  !event.type.startsWith("rule.") &&
  event.type !== "exchange.stream-healed" &&
  event.type !== "proxy.toxic-hit";

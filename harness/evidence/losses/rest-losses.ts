/**
 * The losses of REST, where connections come and go: a route (`GET /v5/market/kline`) is lost from its first request
 * that failed under a fault to the next whole reply of the same route. Where a fault lets no request through to fail,
 * or ended the connections or the client itself, REST as a whole is lost from its landing to the next reply of any
 * route. A reply that a slow line delays counts from when the exchange sent it: what the client has got is not seen.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { requestsOf, requestText, type Request } from "../requests.ts";
import { operatorOff } from "../client.ts";
import { concerns, type Cause } from "./causes.ts";
import { earliest, noSteps, type Loss, type Steps } from "./loss.ts";
import { reportedDownOf } from "./steps-back.ts";

const endpoint = "exchange-rest";

/** Replies that say the exchange would not serve now: overload, limits, the clock. 10001 is the request's own fault. */
const isRefusal = (retCode: number): boolean => retCode >= 10_000 && retCode < 11_000 && retCode !== 10_001;

interface Records {
  journal: JournalView;
  requests: Request[];
  /** Ended before any cause could hold them back, or not held by it. */
  isGood(request: Request): boolean;
  opened: JournalEvent<"connection.opened">[];
  reportedDown: number[];
}

export function restLosses(journal: JournalView, causes: readonly Cause[]): Loss[] {
  const relevant = causes.filter((cause) => concerns(cause, endpoint));
  if (relevant.length === 0) return [];
  const off = operatorOff(journal);
  const records: Records = {
    journal,
    requests: requestsOf(journal),
    isGood: (request) => arrives(request, relevant),
    opened: journal.all("connection.opened").filter((event) => event.endpoint === endpoint),
    reportedDown: reportedDownOf(journal, endpoint),
  };
  return relevant
    .flatMap((cause) => {
      const failing = failingRoutes(records, cause);
      return failing.length > 0 ? failing : asAWhole(records, cause);
    })
    .filter(({ at }) => !off.at(at));
}

/** A whole reply went out and nothing is known to have kept it from the client. */
function arrives(request: Request, causes: readonly Cause[]): boolean {
  const { outcome, status, retCode, connection, at } = request;
  if (outcome !== "answered" || status !== 200 || retCode === null || isRefusal(retCode)) return false;
  const swallowed = ({ silences, hits, overAt }: Cause): boolean => {
    const hit = hits.get(connection);
    return silences && hit?.type === "proxy.toxic-hit" && hit.at <= at && at < overAt;
  };
  return !causes.some(swallowed);
}

function failingRoutes(records: Records, { fault, landedAt, overAt }: Cause): Loss[] {
  const under = records.requests.filter(
    (request) => request.at >= landedAt && request.receivedAt <= overAt && !records.isGood(request),
  );
  return [...Map.groupBy(under, requestText)].flatMap(([route, failures]) => {
    const losses: Loss[] = [];
    let untilMs = -Infinity;
    for (const failure of failures) {
      if (failure.receivedAt < untilMs) continue;
      const at = Math.max(failure.receivedAt, landedAt);
      const back = records.requests.find(
        (request) => requestText(request) === route && request.receivedAt >= failure.at && records.isGood(request),
      );
      const steps = stepsTo(back, records, at, failure.at);
      losses.push({ endpoint, what: route, fault, how: "failing", at, event: failure, steps });
      untilMs = back?.receivedAt ?? Infinity;
    }
    return losses;
  });
}

function asAWhole(records: Records, cause: Cause): Loss[] {
  const event = lostWith(records, cause);
  if (event === undefined) return [];
  const { fault } = cause;
  const { at } = event;
  const back = records.requests.find((request) => request.receivedAt >= at && records.isGood(request));
  const how = cause.silences ? "silent" : "closed";
  return [{ endpoint, what: endpoint, fault, how, at, event, steps: stepsTo(back, records, at, undefined) }];
}

/** The line from which on nothing could work: undefined where the fault only made things worse. */
function lostWith({ journal, requests }: Records, cause: Cause): JournalEvent | undefined {
  const { proven, landedAt, overAt, silences } = cause;
  if (cause.endpoint === endpoint) {
    const ended = proven.type === "connection.closed" || proven.type === "proxy.connection-closed";
    return silences || ended ? proven : undefined;
  }
  const inUse = requests.some(({ at }) => at < landedAt);
  return inUse ? journal.first("client.exited", ({ at }) => at <= overAt, proven.at) : undefined;
}

/** @param noticedAt When a request of the client was seen to fail; it may notice sooner. */
function stepsTo(back: Request | undefined, records: Records, at: number, noticedAt: number | undefined): Steps {
  const first = records.opened.find((event) => event.at >= at && event.at <= (back?.at ?? Infinity));
  const own = records.opened.find((event) => event.connection === back?.connection);
  const carrier =
    own === undefined || own.at < at || back === undefined ? null : { connection: own.connection, openedAt: own.at };
  return {
    ...noSteps,
    detectedAt: earliest(
      noticedAt,
      first?.at,
      records.reportedDown.find((moment) => moment >= at),
    ),
    dialledAt: first?.at ?? null,
    openedAt: first?.at ?? null,
    carrier,
    fedAt: back?.at ?? null,
    backAt: back?.at ?? null,
  };
}

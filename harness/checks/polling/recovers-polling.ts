/**
 * After the last fault is healed, everything that the client polled before the first one brings data again within a
 * time. Only polls that came at least that often before are judged: of what is asked once an hour nothing can be
 * expected in half a minute. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { longestPauseMs } from "../../evidence/polls.ts";
import { gaveData } from "../../evidence/requests.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

export const recoversPolling = within<{ within: number }, Occasion & { name: string }>("recovers-polling", {
  asks: ({ within }) => `has data from everything it polls again within ${formatDuration(within)} of the last fault`,
  todo: ({ name }) => `have data from ${name}`,
  unjudged: ({ within }) => `before the first fault it polled nothing at least every ${formatDuration(within)}`,
  occasions(evidence, { within }) {
    const faults = evidence.faults();
    const at = Math.max(...faults.map(({ healedAt }) => healedAt));
    const armedAt = Math.min(...faults.map((fault) => fault.armedAt));
    if (faults.length === 0) return "no fault met it";
    return evidence.operations().flatMap((operation) => {
      const { method, name, requests } = operation;
      const hadData = requests.some((request) => request.at <= armedAt && gaveData(request));
      if (method !== "GET" || !hadData || (longestPauseMs(operation, armedAt) ?? Infinity) > within) return [];
      const back = requests.find((request) => request.at >= at && gaveData(request));
      const last = requests.at(-1) ?? requests[0];
      const seen = back === undefined ? { seen: `it last asked for it at ${evidence.date(last.receivedAt)}` } : {};
      return [{ name, event: back ?? last, what: "the last fault was over", at, until: back?.at, ...seen }];
    });
  },
});

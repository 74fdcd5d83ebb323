/**
 * After its private stream was gone the client asks over REST for open orders, executions and positions, once it is
 * subscribed again and before it places the next order. In between it trades on what it does not know. An order that was
 * on its way when the stream was lost is not blamed. Judged from the exchange's side.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { formatDuration, seconds } from "../../core/units.ts";
import { evidence, type Check, type Judgement, type Setting } from "../check.ts";
import { clientEndMs, faultTimes, type FaultTimes } from "./lib/fault-times.ts";
import { requestsOf, succeeded } from "./lib/requests.ts";

const endpoint = "exchange-private";
const asked = ["/v5/order/realtime", "/v5/execution/list", "/v5/position/list"];
const underwayMs = ({ compression }: Setting): number => Math.max(seconds(2), 100 * compression);

interface Gap {
  fault: FaultTimes;
  lost: JournalEvent<"connection.closed">;
  /** When it was subscribed again. */
  back: JournalEvent<"connection.subscribed"> | undefined;
  /** What it did not ask for. */
  missing: string[];
  /** When it had asked for everything; Infinity where it did not. */
  doneAt: number;
  /** The first order that it placed before that. */
  blind: JournalEvent<"exchange.order"> | undefined;
}

export function reconcilesBeforeOrders({ within }: { within: number }): Check {
  return {
    name: "reconciles-before-orders",
    asks: `asks for orders, executions and positions within ${formatDuration(within)} of a private reconnect, before the next order`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const gaps = gapsOf(journal, setting);
      const worst = gaps.toSorted((a, b) => badness(b) - badness(a))[0];
      if (worst === undefined) {
        const message = `No fault took the private stream from ${client}, so there was nothing to ask for.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const { fault, lost, back, missing, doneAt, blind } = worst;
      const proof = [evidence(lost, `${lost.connection} was lost`)];
      if (back !== undefined) proof.push(evidence(back, `${back.connection} was subscribed`));
      const expected = `Expected ${client} to ask for open orders, executions and positions within ${formatDuration(within)} of its private stream's return and before the next order, after ${lost.connection} was lost at ${setting.date(lost.at)}`;
      if (blind !== undefined) {
        const lacking =
          back === undefined || blind.at < back.at
            ? "it was subscribed again"
            : `it had asked for ${missing.length === 0 ? "everything" : missing.join(", ")}`;
        const message = `${expected}; it placed order ${blind.orderLinkId} at ${setting.date(blind.at)}, before ${lacking}. See journal line ${blind.seq}.`;
        proof.push(evidence(blind, "it placed an order"));
        // A client that this machine held up learns late that its stream is gone.
        const unaware = blind.at < (back?.at ?? Infinity);
        const latenessMs = blind.at - lost.at - underwayMs(setting);
        const excuse = unaware ? { excuse: { fromAt: lost.at, toAt: blind.at, latenessMs } } : {};
        return { ...shape, verdict: "fail", measured: null, message, evidence: proof, ...excuse };
      }
      const measured = back === undefined || doneAt === Infinity ? null : Math.round(doneAt - back.at);
      if (measured !== null && measured <= within) {
        const message = `${client} had asked for open orders, executions and positions ${formatDuration(measured)} after ${back?.connection ?? ""} was subscribed, and placed no order before.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const sinceMs = back?.at ?? fault.healedAt;
      const chanceMs = clientEndMs(journal) - sinceMs;
      const seen =
        measured !== null
          ? `it took ${formatDuration(measured)}`
          : back === undefined
            ? `it was not subscribed again in the ${formatDuration(chanceMs)} after the heal`
            : `it did not ask for ${missing.join(", ")} in the ${formatDuration(chanceMs)} that it ran on`;
      const message = `${expected}; ${seen}. See journal line ${back?.seq ?? lost.seq}.`;
      if (measured === null)
        return { ...shape, verdict: chanceMs < within ? "unknown" : "fail", measured, message, evidence: proof };
      const excuse = { fromAt: sinceMs, toAt: doneAt, latenessMs: measured - within };
      return { ...shape, verdict: "fail", measured, message, evidence: proof, excuse };
    },
  };
}

/** A blind order is worst, then what was not asked for, then what took long. */
const badness = ({ blind, doneAt, back }: Gap): number =>
  (blind === undefined ? 0 : Infinity) + (doneAt - (back?.at ?? 0));

function gapsOf(journal: JournalView, setting: Setting): Gap[] {
  return faultTimes(journal).flatMap((fault) => {
    const lost = journal
      .all("connection.closed")
      .find((event) => event.endpoint === fault.endpoint && event.seq >= fault.proof && event.by !== "client");
    if (fault.endpoint !== endpoint || lost === undefined) return [];
    const back = journal.first(
      "connection.subscribed",
      (event) => event.endpoint === endpoint && event.connection !== lost.connection,
      lost.at,
    );
    const answered =
      back === undefined
        ? []
        : requestsOf(journal).filter((request) => succeeded(request) && request.receivedAt >= back.at);
    const doneAt = asked.map((path) => answered.find((request) => request.path === path)?.at ?? Infinity);
    const allAt = Math.max(...doneAt);
    const blind = journal.first("exchange.order", ({ at }) => at < allAt, lost.at + underwayMs(setting));
    const unasked = asked.filter((_, n) => (doneAt[n] ?? Infinity) > (blind?.at ?? clientEndMs(journal)));
    return [{ fault, lost, back, missing: unasked, doneAt: allAt, blind }];
  });
}

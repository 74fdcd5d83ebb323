/**
 * Once a ban (403) is over, the client is back within a time: its first request that is answered with success. One that
 * stops for good is as lost as one that is banned. Judged from the server's side.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { requestsOf, requestText, succeeded } from "./lib/requests.ts";
import { crashFrom, exitText } from "./lib/running.ts";

export function resumesAfterBan(options: { within: number }): Check {
  const { within } = options;
  return {
    name: "resumes-after-ban",
    asks: `is back within ${formatDuration(within)} after a ban with 403`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const requests = requestsOf(journal);
      const banned = requests.findLast(({ status }) => status === 403);
      const ban = faultTimes(journal).findLast(({ armedAt }) => armedAt <= (banned?.at ?? -1));
      if (banned === undefined || ban === undefined) {
        const message = `The exchange never banned ${setting.client} with 403.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const endMs = clientEndMs(journal);
      const over = `the ban was over at ${setting.date(ban.healedAt)}`;
      const back = requests.find((request) => request.at >= ban.healedAt && request.at <= endMs && succeeded(request));
      if (back === undefined) {
        const crash = crashFrom(journal, banned.at);
        if (crash === undefined && endMs - ban.healedAt < within) {
          const message = `Whether ${setting.client} comes back could not be judged: it was stopped ${formatDuration(endMs - ban.healedAt)} after ${over}.`;
          return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
        }
        const seen = crash === undefined ? `it was not by ${setting.date(endMs)}` : `it ${exitText(crash, setting)}`;
        return {
          ...shape,
          verdict: "fail",
          measured: null,
          message: `Expected ${setting.client} to be back within ${formatDuration(within)} after ${over}; ${seen}. See journal line ${crash?.seq ?? banned.seq}.`,
          evidence: [evidence(banned, "the last 403")],
        };
      }
      const tookMs = Math.round(back.at - ban.healedAt);
      const proof = [evidence(back, `${requestText(back)} succeeded`)];
      if (tookMs <= within) {
        const message = `${setting.client} was back ${formatDuration(tookMs)} after ${over}.`;
        return { ...shape, verdict: "pass", measured: tookMs, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured: tookMs,
        message: `Expected ${setting.client} to be back within ${formatDuration(within)} after ${over}; it took ${formatDuration(tookMs)}. See journal line ${back.seq}.`,
        evidence: proof,
        excuse: { fromAt: ban.healedAt, toAt: back.at, latenessMs: tookMs - within },
      };
    },
  };
}

/**
 * Once a ban (403) is over, the client is back within a time: its first request that is answered with success. One that
 * stops for good is as lost as one that is banned. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { succeeded } from "../../evidence/requests.ts";
import { within } from "../../verdicts/within.ts";

export const resumesAfterBan = within<{ within: number }>("resumes-after-ban", {
  asks: ({ within }) => `is back within ${formatDuration(within)} after a ban with 403`,
  todo: "be back",
  unjudged: "the exchange never banned it with 403",
  occasions(evidence) {
    const requests = evidence.requests();
    const event = requests.findLast(({ status }) => status === 403);
    const ban = evidence.faults().findLast(({ armedAt }) => armedAt <= (event?.at ?? -1));
    if (event === undefined || ban === undefined) return [];
    const back = requests.find((request) => request.at >= ban.healedAt && succeeded(request));
    return [{ event, what: "the ban was over", at: ban.healedAt, until: back?.at }];
  },
});

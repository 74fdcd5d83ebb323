/**
 * Nothing but auth and pings is sent on a private stream before the exchange has said yes. Where it says so at once the
 * two cannot be told apart, so it takes an ack that was late, refused or withheld.
 */

import { count } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { authLives, type AuthLife } from "./lib/auths.ts";

export function privateAfterAuth(): Check {
  return {
    name: "private-after-auth",
    asks: "sends nothing private before the exchange's ack of its auth",
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: 0, unit: "frames" };
      const lives = authLives(journal).filter(({ proofs }) => proofs.length > 0);
      const telling = lives.filter(isTelling);
      if (telling.length === 0) {
        const message =
          lives.length === 0
            ? `${client} never authenticated on the private stream.`
            : `Whether ${client} waits for the ack of its auth could not be judged: each came at once.`;
        const verdict = lives.length === 0 ? "not-applicable" : "unknown";
        return { ...shape, verdict, measured: null, message, evidence: [] };
      }
      const early = telling.flatMap(({ frames, ack }) =>
        frames.filter(({ seq }) => ack === undefined || seq < ack.seq),
      );
      const [first] = early;
      if (first === undefined) {
        const message = `${client} sent nothing private before its auth was acknowledged, on ${count(telling.length, "connection")} where that took time or never came.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      const proof = early.slice(0, 3).map((event) => evidence(event, `${event.op} ${event.topics.join(", ")}`));
      const message = `Expected ${client} to send nothing private before the ack of its auth; on ${first.connection} it sent ${first.op} of ${first.topics.join(", ")} at ${setting.date(first.at)}, ${count(early.length, "such frame")} in all. See journal line ${first.seq}.`;
      return { ...shape, verdict: "fail", measured: early.length, message, evidence: proof };
    },
  };
}

/** The ack did not come with the request. */
const isTelling = ({ proofs, ack }: AuthLife): boolean =>
  ack === undefined || !proofs.some(({ seq }) => seq === ack.seq);

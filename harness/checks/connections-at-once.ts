/** How many connections to REST the client had open at one moment, as the exchange counted them. */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { restAtOnce, restOpened, type TooMany } from "./lib/rest-connections.ts";

/** So long may the end of a connection be on its way, by the wall. */
const crossingWallMs = 10;

export function connectionsAtOnce(options: { atMost: number }): Check {
  return {
    name: "connections-at-once",
    asks: `has at most ${options.atMost} connections open at once`,
    judge(journal, setting) {
      const shape = { target: options.atMost, unit: "connections" };
      if (restOpened(journal).length === 0) {
        const message = `How many connections ${setting.client} has could not be judged: it opened none to REST.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { most, tooMany } = restAtOnce(journal, options.atMost, crossingWallMs * setting.compression);
      const excuseOf = ({ opened, untilMs }: TooMany): Excuse => ({
        ...{ fromAt: opened.at, toAt: untilMs },
        latenessMs: untilMs - opened.at,
      });
      const worst = leastExcused(tooMany, excuseOf, journal);
      if (worst === undefined) {
        const message = `${setting.client} had at most ${count(most, "connection")} open at once.`;
        return { ...shape, verdict: "pass", measured: most, message, evidence: [] };
      }
      const { opened } = worst;
      return {
        ...shape,
        verdict: "fail",
        measured: worst.most,
        message: `Expected ${setting.client} to have at most ${options.atMost} connections open at once; it had ${worst.most}, and more than ${options.atMost} from ${setting.date(opened.at)} on. See journal line ${opened.seq}.`,
        evidence: [evidence(opened, `${opened.connection} was one too many`)],
        excuse: excuseOf(worst),
      };
    },
  };
}

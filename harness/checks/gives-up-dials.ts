/**
 * A dial that is not answered is given up within a time: TCP was accepted, the upgrade never came. Whoever waits for it
 * is connected to nobody, and nothing else will tell him. Judged from the server's side; a dial that was refused or
 * answered in time did not have to be given up.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { dialsOf, type Dial } from "./lib/dials.ts";
import { clientEndMs } from "./lib/fault-times.ts";

export interface GivesUpDialsOptions {
  within: number;
  endpoint?: string;
}

interface Wait {
  dial: Dial;
  ms: number;
}

export function givesUpDials({ within, endpoint = "exchange-public" }: GivesUpDialsOptions): Check {
  return {
    name: "gives-up-dials",
    asks: `gives a dial up that is not answered within ${formatDuration(within)}`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const waits = waitsOf(journal, endpoint).filter(({ dial, ms }) => dial.outcome === "given-up" || ms > within);
      const worst = waits.toSorted((a, b) => b.ms - a.ms)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} gives dials up could not be judged: it was never left waiting for ${formatDuration(within)} on ${endpoint}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { dial, ms } = worst;
      const proof = [evidence(dial.dialled, `${dial.connection} was dialled`)];
      const measured = Math.round(ms);
      if (ms <= within) {
        const message = `${setting.client} gave up ${count(waits.length, "dial")} that nobody answered, the last of them after ${formatDuration(ms)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const end = {
        opened: "was answered",
        "given-up": "was given up",
        refused: "was refused",
        waiting: "still waited",
      };
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to give up a dial to ${endpoint} after ${formatDuration(within)} without an answer; ${dial.connection}, dialled at ${setting.date(dial.at)}, ${end[dial.outcome]} after ${formatDuration(ms)}. See journal line ${dial.dialled.seq}.`,
        evidence: proof,
        excuse: { fromAt: dial.at, toAt: dial.at + ms, latenessMs: ms - within },
      };
    },
  };
}

/** How long each dial was left waiting, at most until the client was stopped. */
function waitsOf(journal: JournalView, endpoint: string): Wait[] {
  const endMs = clientEndMs(journal);
  return dialsOf(journal, endpoint)
    .filter(({ at, outcome }) => at <= endMs && outcome !== "refused")
    .map((dial) => {
      const untilMs = Math.min(dial.endedAt ?? endMs, endMs);
      const cut = dial.outcome === "given-up" && (dial.endedAt ?? 0) > endMs;
      return { dial: cut ? { ...dial, outcome: "waiting" } : dial, ms: untilMs - dial.at };
    });
}

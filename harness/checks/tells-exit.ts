/**
 * When the client's runner dies, the client's log says how: by a signal's name or an exit code. The log is quoted in the
 * journal around a process's end. What the runner itself said last goes from it to the client and is not seen from here.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { killings, livesOf, toleranceMs } from "./lib/runners.ts";

const saysHow = /\bSIG[A-Z]{3,}\b|\b(?:code|status|signal|returncode)\b\D{0,12}-?\d+|\bexit(?:ed|s)?\b\D{0,12}-?\d+/i;

export function tellsExit({ child, within }: { child: string; within: number }): Check {
  return {
    name: "tells-exit",
    asks: `says in its log within ${formatDuration(within)} how ${child} ended`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const lines = journal.all("client.logged").filter(({ text }) => saysHow.test(text));
      const deaths = killings(journal, livesOf(journal, child)).map(({ victims: [{ pid, endedAt, died }] }) => {
        // The death is known to a sample: the line may be there before it.
        const fromMs = endedAt - toleranceMs(setting);
        const line = lines.find(({ loggedAt }) => loggedAt >= fromMs);
        return { pid, endedAt, died, line, tookMs: Math.max((line?.loggedAt ?? Infinity) - endedAt, 0) };
      });
      const [first] = deaths;
      if (first === undefined) {
        const message = `No fault killed a ${child} of ${client}, so there was nothing to tell.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const silent = deaths.toSorted((a, b) => b.tookMs - a.tookMs).find(({ tookMs }) => tookMs > within);
      if (silent === undefined) {
        const told = deaths.flatMap(({ line }) => (line === undefined ? [] : [evidence(line, line.text)]));
        const afterMs = Math.max(...deaths.map(({ tookMs }) => tookMs));
        const message = `${client} said how ${child} ended each time: "${told[0]?.what ?? ""}".`;
        return { ...shape, verdict: "pass", measured: Math.round(afterMs), message, evidence: told };
      }
      const { pid, endedAt, died, tookMs } = silent;
      const expected = `Expected ${client} to say in its log within ${formatDuration(within)} how ${child} ended, by a signal's name or an exit code; after process ${pid} died at ${setting.date(endedAt)}`;
      const where = `See journal line ${died?.seq ?? 0} and client.log.`;
      const proof = died === undefined ? [] : [evidence(died, `process ${pid} died`)];
      if (tookMs === Infinity) {
        const verdict = clientEndMs(journal) - endedAt < within ? "unknown" : "fail";
        return { ...shape, verdict, measured: null, message: `${expected} no line does. ${where}`, evidence: proof };
      }
      const message = `${expected} that took ${formatDuration(tookMs)}. ${where}`;
      const excuse = { fromAt: endedAt - within, toAt: endedAt + tookMs, latenessMs: tookMs - within };
      return { ...shape, verdict: "fail", measured: Math.round(tookMs), message, evidence: proof, excuse };
    },
  };
}

/**
 * When the client's runner dies, the client's log says how: by a signal's name or an exit code. The log is quoted in the
 * journal around a process's end. The runner's own last words go from it to the client and are not seen from here.
 */

import { formatDuration } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { childProcess } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";
import type { RestartTargets } from "../process/restarts-runner.ts";

const namesHow = /\bSIG[A-Z]{3,}\b|\b(?:code|status|signal|returncode)\b\D{0,12}-?\d+|\bexit(?:ed|s)?\b\D{0,12}-?\d+/i;

export const logsExit = within<RestartTargets>("logs-exit", {
  asks: ({ child, within }) => `logs within ${formatDuration(within)} how ${child} ended`,
  needs: childProcess,
  todo: (_death, { child }) => `log how ${child} ended, by a signal's name or an exit code,`,
  unjudged: ({ child }) => `no fault killed its ${child}`,
  occasions(evidence, { child }) {
    const lines = evidence.all("client.logged").filter(({ text }) => namesHow.test(text));
    return evidence.killings(child).map(({ victims: [{ pid, endedAt: at, died, born }] }) => {
      // The death is known to a sample: the line may be there before it.
      const fromMs = at - evidence.tolerances.samplesApartMs;
      const line = lines.find(({ loggedAt }) => loggedAt >= fromMs);
      const more = line === undefined ? [] : [lineOf(line, line.text)];
      return { event: died ?? born, what: `process ${pid} died`, at, until: line?.loggedAt, more };
    });
  },
});

/**
 * A Node preload of ours, for Node clients on a machine without libfaketime, so that the default run needs no system
 * package. What it changes in the client is in `preload/main.cjs`.
 */

import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { TimeProvider } from "./provider.ts";

const script = fileURLToPath(new URL("./preload/main.cjs", import.meta.url));
/** As NODE_OPTIONS wants a path that may hold spaces. */
const quoted = `"${script.replaceAll(/["\\]/g, "\\$&")}"`;
/**
 * V8 goes by the machine's time: of a day that is over in a minute it lets its young generation grow to hundreds of MiB,
 * as it would for a flood, and a check of memory would take that for a leak. So it is held to two halves of 16 MiB. Under
 * libfaketime V8 has the incident's time, and grows little. Node takes this option from 18.13 on.
 */
const youngGeneration = "--max-semi-space-size=16";

export const preload: TimeProvider = {
  name: "preload",
  availability: () => Promise.resolve({ available: true, detail: "for Node clients, built in" }),
  canDrive: ([program]) => program !== undefined && /^node(\.exe)?$/.test(basename(program)),
  seesLookups: false,
  cannotStep: () => undefined,
  setDate: (_clock, offsetMs, dateFile) => writeFileSync(dateFile, JSON.stringify({ offsetMs })),
  environment: ({ startMs, monotonicStartNs, compression }, clientEnv, dateFile) => ({
    // The client's own options come after ours, so that they win.
    NODE_OPTIONS: [youngGeneration, clientEnv.NODE_OPTIONS, `--require ${quoted}`].filter(Boolean).join(" "),
    FIREDRILL_CLOCK: JSON.stringify({
      ...{ startMs, compression, dateFile },
      monotonicStartNs: String(monotonicStartNs),
    }),
  }),
  late: () => ({}),
  leftovers: [],
};

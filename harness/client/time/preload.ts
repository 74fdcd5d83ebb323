/**
 * A Node preload of ours, for Node clients on a machine without libfaketime, so that the default run needs no system
 * package. What it changes in the client is in `preload/main.cjs`.
 */

import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { TimeProvider } from "./provider.ts";

const script = fileURLToPath(new URL("./preload/main.cjs", import.meta.url));
/** As NODE_OPTIONS wants a path that may hold spaces. */
const quoted = `"${script.replaceAll(/["\\]/g, "\\$&")}"`;

export const preload: TimeProvider = {
  name: "preload",
  availability: () => Promise.resolve({ available: true, detail: "for Node clients, built in" }),
  canDrive: ([program]) => program !== undefined && /^node(\.exe)?$/.test(basename(program)),
  cannotStep: () => undefined,
  dateText: (_clock, offsetMs) => JSON.stringify({ offsetMs }),
  environment: ({ startMs, monotonicStartNs, compression }, clientEnv, dateFile) => ({
    NODE_OPTIONS: `${clientEnv.NODE_OPTIONS ?? ""} --require ${quoted}`.trim(),
    FIREDRILL_CLOCK: JSON.stringify({
      ...{ startMs, compression, dateFile },
      monotonicStartNs: String(monotonicStartNs),
    }),
  }),
  late: () => ({}),
  leftovers: [],
};

/**
 * A Node preload of ours, for Node clients on a machine without libfaketime, so that the default run needs no system
 * package. What it changes in the client is in `preload-main.mjs`.
 */

import { basename } from "node:path";
import type { TimeProvider } from "./provider.ts";

const script = new URL("./preload-main.mjs", import.meta.url).href;

export const preload: TimeProvider = {
  name: "preload",
  availability: () => Promise.resolve({ available: true, detail: "for Node clients, built in" }),
  canDrive: ([program]) => program !== undefined && /^node(\.exe)?$/.test(basename(program)),
  cannotStep: () => undefined,
  dateText: (_clock, offsetMs) => JSON.stringify({ offsetMs }),
  environment: ({ startMs, monotonicStartNs, compression }, clientEnv, dateFile) => ({
    NODE_OPTIONS: `${clientEnv.NODE_OPTIONS ?? ""} --import ${script}`.trim(),
    FIREDRILL_CLOCK: JSON.stringify({
      ...{ startMs, compression, dateFile },
      monotonicStartNs: String(monotonicStartNs),
    }),
  }),
  late: () => ({}),
  leftovers: [],
};

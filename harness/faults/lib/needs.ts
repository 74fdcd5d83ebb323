/** What faults may need of a run, in words for whoever does not have it. */

import { showsProcesses } from "../../process/process-tree.ts";
import type { Need } from "../../fault.ts";

/** Signals to single processes, and seeing what became of them. */
export const processes: Need = {
  what: "a system that shows its processes",
  missing: () =>
    showsProcesses ? undefined : `${process.platform} has no /proc. Run it on Linux, in a container say.`,
};

/** A toxic that only the embedded engine has. */
export const ownToxics: Need = {
  what: "the embedded proxy engine's own toxics",
  missing: ({ testbed }) =>
    testbed.engine.name === "embedded"
      ? undefined
      : `the proxy engine is ${testbed.engine.name}, a Toxiproxy, which has none like it. Use --proxy embedded.`,
};

/** A client's date that can be moved while it runs. */
export const steppableDate: Need = {
  what: "a time provider that can move the client's date",
  missing: ({ client }) => client.cannotStep,
};

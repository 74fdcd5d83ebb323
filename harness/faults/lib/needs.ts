/** What faults may need of a run, in words for whoever does not have it. */

import { showsProcesses } from "../../process/process-tree.ts";
import type { Need } from "../../incident/fault.ts";
import type { Endpoint } from "../../testbed/testbed.ts";

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
    testbed.engine.extended
      ? undefined
      : `the proxy engine is ${testbed.engine.name}, a Toxiproxy, which has none like it. Use --proxy embedded.`,
};

/** What a Toxiproxy could do, but nobody would see whether it did. */
export const eventFeed: Need = {
  what: "a proxy engine that reports what its toxics did",
  missing: ({ testbed }) =>
    testbed.engine.extended
      ? undefined
      : `the proxy engine is ${testbed.engine.name}, a Toxiproxy, and no server would see that the fault landed. Use --proxy embedded.`,
};

/** The proof that a dial was refused. */
export const seenRefusals: Need = {
  what: "a system that shows refused dials",
  missing: ({ testbed }) => testbed.refusedDials.missing,
};

/** True resets of connections that exist. */
export const resets = (endpoint: Endpoint): Need => ({
  what: "a proxy that can reset live connections",
  missing: ({ testbed }) =>
    testbed.proxies[endpoint].ends("rst")
      ? undefined
      : `the Toxiproxy in front of ${endpoint} was not armed before the client connected, and would send a FIN. Say testbed: { armReset: ["${endpoint}"] } in the scenario, or use --proxy embedded.`,
});

/** A FIN on connections that exist. */
export const closes = (endpoint: Endpoint): Need => ({
  what: "a proxy that can close live connections without a reset",
  missing: ({ testbed }) =>
    testbed.proxies[endpoint].ends("fin")
      ? undefined
      : `the Toxiproxy in front of ${endpoint} is armed to reset whatever it closes. Take ${endpoint} out of the scenario's testbed.armReset, or use --proxy embedded.`,
});

/** The proof that a name without an address was asked for. */
export const seenLookups: Need = {
  what: "a clock whose library sees lookups of names",
  missing: ({ client }) => client.cannotSeeLookups,
};

/** A client's date that can be moved while it runs. */
export const steppableDate: Need = {
  what: "a time provider that can move the client's date",
  missing: ({ client }) => client.cannotStep,
};

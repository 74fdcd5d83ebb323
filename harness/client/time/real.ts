/** No change at all: the client runs on the wall clock. Only a scenario at compression 1 can use it. */

import type { TimeProvider } from "./provider.ts";

export const real: TimeProvider = {
  name: "real",
  availability: () => Promise.resolve({ available: true, detail: "scenarios run at compression 1" }),
  canDrive: () => true,
  cannotStep: () => "--time real leaves the client its own date. Use --time preload or faketime",
  dateText: () => "",
  environment: () => ({}),
  late: () => ({}),
  leftovers: [],
};

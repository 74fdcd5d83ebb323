/** The whole result on stdout, for programs. `result.json` is written by every run; this is for a pipe. */

import type { ReporterKind } from "../reporter.ts";

export default {
  name: "json",
  create: () => ({ ended: (result) => void process.stdout.write(`${JSON.stringify(result, null, 2)}\n`) }),
} satisfies ReporterKind;

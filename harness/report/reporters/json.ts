/** The whole result, for programs. `result.json` is written by every run; this is for a pipe. */

import type { ReporterKind } from "../../runner/reporter.ts";

export default {
  name: "json",
  file: "report.json",
  create: ({ print }) => ({ ended: (result) => print(`${JSON.stringify(result, null, 2)}\n`) }),
} satisfies ReporterKind;

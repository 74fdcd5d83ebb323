/** One file to open in a browser: the verdict, the matrix, and of each trial the timeline, the checks and their proof. */

import type { ReporterKind } from "../../runner/reporter.ts";
import { htmlDocument } from "../html/document.ts";
import { reportModel, type Played } from "../html/report-model.ts";

export default {
  name: "html",
  file: "report.html",
  document: true,
  create({ print }) {
    const played: Played[] = [];
    return {
      finished: (run, result) => void played.push({ run, result }),
      ended: async (whole, output) => print(await htmlDocument(await reportModel(whole, played, output))),
    };
  },
} satisfies ReporterKind;

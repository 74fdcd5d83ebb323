/** The report's page: reads its model from the document and shows it. */

import { render } from "preact";
import type { ReportModel } from "../model.ts";
import { Report } from "./report.tsx";

const root = document.getElementById("report");
const text = document.getElementById("model")?.textContent;
if (root === null || text === undefined) throw new Error("this file is not a whole report");
root.replaceChildren();
render(<Report model={JSON.parse(text) as ReportModel} />, root);

/** The page as one file: style, program and data in it, and a policy by which a browser fetches nothing for it. */

import type { ReportModel } from "./model.ts";
import { pageParts } from "./page-parts.ts";

const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

export async function htmlDocument(model: ReportModel): Promise<string> {
  const { script, style } = await pageParts();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Firedrill: ${escaped(model.sentence)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="report"><noscript>This report is drawn by its own script. ${escaped(model.sentence)}</noscript></div>
<script type="application/json" id="model">${JSON.stringify(model).replaceAll("<", "\\u003c")}</script>
<script type="module">${script.replaceAll("</script", "<\\/script")}</script>
</body>
</html>
`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

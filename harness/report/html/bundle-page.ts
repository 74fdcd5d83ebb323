/** Puts the page's program into one script, and its style with that of what it draws with into another text. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** What of the page is the same in every report. */
export interface PageParts {
  script: string;
  style: string;
}

/** @param folder Of the page's sources, a file URL with a trailing slash. */
export async function bundlePage(folder: URL): Promise<PageParts> {
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({
    input: fileURLToPath(new URL("main.tsx", folder)),
    platform: "browser",
    tsconfig: fileURLToPath(new URL("tsconfig.json", folder)),
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const styles = [createRequire(folder).resolve("uplot/dist/uPlot.min.css"), new URL("style.css", folder)];
  const style = (await Promise.all(styles.map((file) => readFile(file, "utf8")))).join("\n");
  return { script: output[0].code, style };
}

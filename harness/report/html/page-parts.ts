/**
 * The page's program and style. The package carries them ready (`build/bundle-page.ts`); in a checkout they are bundled
 * when a report is written, which takes a tenth of a second and needs no build step.
 */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { bundlePage, type PageParts } from "./bundle-page.ts";

export const builtPage = "page.json";

export async function pageParts(): Promise<PageParts> {
  const built = new URL(builtPage, import.meta.url);
  if (existsSync(built)) return JSON.parse(await readFile(built, "utf8")) as PageParts;
  return bundlePage(new URL("./page/", import.meta.url));
}

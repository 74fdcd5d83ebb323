/** The file URL of a module beside this one, with the ending this build runs with: `.ts` in a checkout, `.js` published. */

import { extname } from "node:path";

export const siblingModule = (importMetaUrl: string, name: string): URL =>
  new URL(`./${name}${extname(new URL(importMetaUrl).pathname)}`, importMetaUrl);

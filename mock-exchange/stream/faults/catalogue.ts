/** The actions there are: one file each. */

import { loadFolder } from "../../../core/load-folder.ts";
import type { StreamAction } from "./action.ts";

/** Loaded with this module, before any incident clock runs. */
const loaded = await loadFolder<StreamAction>(new URL("./actions/", import.meta.url));

export const streamActions: ReadonlyMap<string, StreamAction> = new Map(loaded.map(({ name, value }) => [name, value]));

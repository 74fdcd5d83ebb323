/** What a tape is made of. */

import type { Spec } from "../catalogue/spec.ts";
import type { CoinPath } from "../path/coin-path.ts";
import type { Units } from "./units.ts";
import type { Volumes } from "./volumes.ts";

export interface TapeOptions {
  key: number;
  spec: Spec;
  path: CoinPath;
  units: Units;
  volumes: Volumes;
  /** From here on turnover is that of the single trades; before, it is divided down from the day's. */
  exactFromMs: number;
}

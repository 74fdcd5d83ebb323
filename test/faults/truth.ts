/**
 * The ground truth of a fault: what a bare socket sees of it, and that the journal says the same at the same moment. One
 * file in `<group>/` each, named as the fault's; `ground-truth.test.ts` plays them on both kinds of engine.
 */

import type { TestbedSettings } from "../../harness/incident/testbed-settings.ts";
import type { EngineName, FaultStage } from "../support/fault-stage.ts";

type Play = (stage: FaultStage) => Promise<void>;

export interface Truth {
  /** Without it, both kinds. */
  only?: EngineName;
  testbed?: TestbedSettings;
  /** What is seen, in words -> how; on a testbed of its own where it says so. */
  cases: Readonly<Record<string, Play | { testbed: TestbedSettings; play: Play }>>;
}

export const truth = (definition: Truth): Truth => definition;

/** A role of the client: one file in `roles/`, loaded only where it is played. */

import type { IncidentBoard } from "./alerts/incidents.ts";
import type { Parts } from "./parts.ts";
import type { RestClient } from "./rest/rest-client.ts";
import type { Settings } from "./settings.ts";
import type { DialBudget } from "./stream/dial-budget.ts";
import type { Warnings } from "./warnings.ts";

export interface RoleContext {
  parts: Parts;
  settings: Settings;
  rest: RestClient;
  warnings: Warnings;
  /** Where whatever fails for a while is reported. */
  incidents: IncidentBoard;
  /** Of dials to the exchange's streams: one for all roles. */
  budget: DialBudget;
  /** Aborted when the client is asked to stop. */
  signal: AbortSignal;
}

/** Plays the role until it is stopped. A rejection ends the client. */
export type Role = (context: RoleContext) => Promise<void>;

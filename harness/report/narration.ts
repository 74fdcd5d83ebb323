/** The few events of a run that a person watching wants to read, in words. Everything else stays in the journal. */

import type { JournalEvent } from "../../core/journal/event.ts";
import { faultText } from "../incident/fault.ts";

/** A sentence, or undefined for an event that is only for the journal. */
export function narrate(event: JournalEvent): string | undefined {
  switch (event.type) {
    case "client.started":
      return "client started";
    case "client.stopping":
      return event.by === "operator" ? `client stopped by the operator (${event.signal})` : undefined;
    case "client.exited":
      return event.expected ? undefined : `client ended by itself (${event.signal ?? `code ${event.code}`})`;
    case "fault.armed":
      return `fault armed: ${faultText(event)}`;
    case "fault.landed":
      return `fault landed: ${event.evidence}`;
    case "fault.healed":
      return `fault healed: ${faultText(event)}`;
    case "run.aborted":
      return "run aborted";
    default:
      return undefined;
  }
}

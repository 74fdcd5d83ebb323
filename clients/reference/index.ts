import { referenceParts, referenceRoles, type ClientDefinition } from "./parts.ts";

export default {
  summary: "the fixed stack: reconnects on any close, UTC waves, one order per signal",
  roles: referenceRoles,
  parts: referenceParts,
} satisfies ClientDefinition;

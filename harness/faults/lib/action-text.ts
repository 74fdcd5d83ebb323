/** An action of a rule in a few words: `stall`, `status 403`, `late-ack 2 s`, `malformed wrong-types`. */

import { formatDuration } from "../../../core/units.ts";

export const actionText = ({ do: name, ...parameters }: { do: string } & Record<string, unknown>): string =>
  [name, ...Object.entries(parameters).flatMap(parameterText)].join(" ");

/** Only what can be put in a word. */
function parameterText([name, value]: [string, unknown]): string[] {
  if (typeof value === "number") return [/^ms$|Ms$/.test(name) ? formatDuration(value) : String(value)];
  return typeof value === "string" && value !== "" ? [value] : [];
}

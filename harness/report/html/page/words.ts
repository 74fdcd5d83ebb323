/** Times and verdicts as the page writes them: dates in the incident's zone, verdicts never by colour alone. */

import type { State } from "../model.ts";

export const marks: Record<State, string> = {
  pass: "✓",
  fail: "✗",
  unknown: "?",
  unplayable: "?",
  invalid: "!",
  "not-applicable": "–",
};

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timezone + JSON.stringify(options);
  const known =
    formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hourCycle: "h23", ...options });
  formats.set(key, known);
  return known;
}

const day = { day: "2-digit", month: "short" } as const;
const time = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;

/** `22 Oct 03:05:00`, with `.281` where it is asked for. */
export const dateText = (epochMs: number, timezone: string, millis = false): string =>
  format(timezone, { ...day, ...time, ...(millis ? { fractionalSecondDigits: 3 } : {}) })
    .format(epochMs)
    .replace(",", "");

/** `UTC+4`. */
export const zoneText = (epochMs: number, timezone: string): string =>
  format(timezone, { timeZoneName: "shortOffset" })
    .formatToParts(epochMs)
    .find(({ type }) => type === "timeZoneName")
    ?.value.replace("GMT", "UTC") ?? timezone;

export const number = (value: number): string => value.toLocaleString("en-GB");

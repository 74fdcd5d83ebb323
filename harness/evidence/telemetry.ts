/**
 * What a client reports of itself, each kind by its schema, which is the one of `docs/client.md`. A line with a wrong
 * field is not read, and the check that needs it says so.
 */

import { z } from "zod";
import type { JournalEvent } from "../../core/journal/event.ts";
import { placeOf } from "../../core/journal/place.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { once } from "./once.ts";

const price = z.union([z.string(), z.number()]).nullish();
const sizes = z.record(z.string(), z.number());

export const telemetrySchemas = {
  state: z.looseObject({ endpoint: z.string(), state: z.string() }),
  decision: z.looseObject({
    symbol: z.string().optional(),
    candles: z.record(z.string(), z.number().nullable()).nullish(),
  }),
  pool: z.looseObject({ share: z.number() }),
  book: z.looseObject({
    ...{ topic: z.string(), seq: z.number(), synced: z.boolean() },
    ...{ checksum: z.number().nullish(), bid: price, ask: price },
  }),
  ledger: z.looseObject({ open: z.array(z.string()), executions: z.number(), net: sizes, positions: sizes }),
  health: z.looseObject({ status: z.string() }),
} as const;

export type TelemetryKind = keyof typeof telemetrySchemas;

export interface Report<K extends TelemetryKind> {
  event: JournalEvent<"client.telemetry">;
  at: number;
  data: z.infer<(typeof telemetrySchemas)[K]>;
}

/** Those of a kind that its schema fits, in order. */
export const reportsOf = <K extends TelemetryKind>(journal: JournalView, kind: K): Report<K>[] =>
  linesOf(journal, kind).flatMap((event) => {
    const { success, data } = telemetrySchemas[kind].safeParse(event.data);
    return success ? [{ event, at: event.at, data: data as Report<K>["data"] }] : [];
  });

/** What is wrong with the first line of a kind that cannot be read; undefined where there is none. */
export const mistakeIn = once((journal: JournalView, kind: TelemetryKind): string | undefined => {
  for (const event of linesOf(journal, kind)) {
    const issue = telemetrySchemas[kind].safeParse(event.data).error?.issues[0];
    if (issue === undefined) continue;
    const seen = issue.path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)[key], event.data);
    const shown = seen === undefined ? "missing" : JSON.stringify(seen);
    return `the field "${issue.path.join(".")}" of its telemetry "${kind}" is ${shown} (${issue.message}) in ${placeOf(event)}; see docs/client.md`;
  }
  return undefined;
});

const linesOf = (journal: JournalView, kind: TelemetryKind): JournalEvent<"client.telemetry">[] =>
  journal.all("client.telemetry").filter(({ event }) => event === kind);

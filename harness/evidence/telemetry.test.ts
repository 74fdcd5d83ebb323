/** What `docs/client.md` shows is what the schemas read, kind by kind. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { telemetrySchemas, type TelemetryKind } from "./telemetry.ts";

const docs = readFileSync(new URL("../../docs/client.md", import.meta.url), "utf8");
const lines = [...docs.matchAll(/^\| `(\{"firedrill":.*?\})` \|/gm)].map(
  ([, json = ""]) => JSON.parse(json) as Record<string, unknown>,
);

test("every kind that a check reads is documented, and nothing else is", () => {
  expect(lines.map(({ firedrill }) => firedrill).toSorted()).toEqual(Object.keys(telemetrySchemas).toSorted());
});

test.each(lines)("the documented line is read: %j", ({ firedrill, ...data }) => {
  expect(telemetrySchemas[firedrill as TelemetryKind].safeParse(data).error).toBeUndefined();
});

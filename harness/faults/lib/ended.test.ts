/** Which ends of connections are a fault's doing. */

import { expect, test } from "vitest";
import { journalOf, line } from "../../../test/support/journal.ts";
import { endedByArming } from "./ended.ts";

const on = (connection: string) => ({ endpoint: "exchange-private", connection }) as const;
const closed = { by: "network", code: 1006, reason: "", how: "fin" } as const;

test("every end of a connection that was there before, unless the mock made it or a code announced it", () => {
  const ended = endedByArming("exchange-private");
  const since = journalOf(
    line("22:01", "connection.closed", { ...on("private-1"), ...closed }),
    line("22:01", "connection.closed", { ...on("private-2"), ...closed, by: "server" }),
    line("22:01", "connection.closed", { ...on("private-3"), ...closed, code: 1001 }),
    line("22:01", "connection.closed", { ...on("public-1"), ...closed, endpoint: "exchange-public" }),
    line("22:02", "connection.opened", on("private-4")),
    line("22:03", "connection.closed", { ...on("private-4"), ...closed }),
  );
  expect(since.events.flatMap((event) => ended(event)?.connection ?? [])).toEqual(["private-1"]);
});

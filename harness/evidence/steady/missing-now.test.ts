import { expect, test } from "vitest";
import { clientStarted, crashed, journalOf, line, type Lines } from "../../../test/support/journal.ts";
import { ended, streaming } from "../../../test/support/stream-journal.ts";
import { missingNow } from "./missing-now.ts";

const topics = ["allLiquidation.BTCUSDT"];
const up = (time: string, connection: string) => [
  streaming(time, connection, topics),
  line(time, "connection.fed", { endpoint: "exchange-public", connection, what: topics[0] ?? "" }),
];
const settled = line("22:01", "client.settled", { connections: {}, topics: {}, polled: [], roles: ["market-data"] });
const missing = (...lines: Lines[]) => missingNow(journalOf(clientStarted("22:00"), up("22:00:05", "public-1"), lines));

test("what it has, on whatever connection, is not missing", () => {
  expect(missing(settled)).toEqual([]);
  expect(missing(settled, ended("22:02", "public-1"), up("22:02:01", "public-2"))).toEqual([]);
});

test("a stream that was lost since is, and so is a client that ended", () => {
  expect(missing(settled, ended("22:02", "public-1"))).toEqual([
    "it had no connection to exchange-public on which anything came",
  ]);
  expect(missing(settled, crashed("22:02"))).toEqual([expect.stringContaining("it exited by itself")]);
});

test("before it had settled nothing is known to be missing", () => {
  expect(missing(ended("22:02", "public-1"))).toEqual([]);
});

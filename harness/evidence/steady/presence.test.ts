import { expect, test } from "vitest";
import { journalOf } from "../../../test/support/journal.ts";
import { ended, streamFault, streaming } from "../../../test/support/stream-journal.ts";
import { Presence } from "./presence.ts";

const open = (presence: Presence): string[] => presence.of("exchange-public").map(({ connection }) => connection);
const up = streaming("22:00:05", "public-1");

test.each(["close", "fin", "reset"])(
  "a stream that the exchange has ended (%s) is gone, whenever its client sees that",
  (action) => {
    const hit = streamFault(action, "live", { from: "22:01", to: "22:02", hits: [["22:01", "public-1"]] });
    expect(open(new Presence(journalOf(up).events))).toEqual(["public-1"]);
    expect(open(new Presence(journalOf(up, hit).events))).toEqual([]);
    const seen = ended("22:01:05", "public-1");
    expect(open(new Presence(journalOf(up, hit, seen, streaming("22:01:06", "public-2")).events))).toEqual([
      "public-2",
    ]);
  },
);

test("one that stands still is there", () => {
  const hit = streamFault("stall", "live", { from: "22:01", to: "22:02", hits: [["22:01", "public-1"]] });
  const presence = new Presence(journalOf(up, hit).events);
  expect(presence.of("exchange-public").map(({ stalledBy }) => stalledBy.size)).toEqual([1]);
});

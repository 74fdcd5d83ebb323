import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import {
  clientStarted,
  crashed,
  journalOf,
  line,
  setting,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { connected, ended, eth, requested, streaming } from "../../../test/support/stream-journal.ts";
import { comesBack } from "./comes-back.ts";

const judge = (...lines: Lines[]) => comesBack({ within: seconds(60) }).judge(journalOf(...lines), setting);
const fault = (id: string, from: string, to: string) => {
  const name = "server.stream";
  return [
    line(from, "fault.armed", { fault: id, name, endpoint: "exchange-public", awaits: "an upgrade" }),
    line(from, "fault.landed", { fault: id, name, proof: 0, evidence: "public-1: live met close" }),
    line(to, "fault.healed", { fault: id, name, by: "scenario" }),
  ];
};
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1"), streaming("22:00:05", "public-2", eth)];
const outage = [fault("fault-1", "22:05", "22:06"), ended("22:05:01", "public-1"), ended("22:05:01", "public-2")];
const end = stopped("22:20", "end-of-run");

test("all topics again in time passes, measured at the slowest", () => {
  const back = [streaming("22:06:10", "public-3"), streaming("22:06:40", "public-4", eth)];
  expect(judge(up, outage, back, end)).toMatchObject({
    verdict: "pass",
    measured: 40_000,
    message:
      "reference has all topics again within 1 min of the end of a fault: 40 s after server.stream was over at 22 Oct 02:06:00 UTC+4.",
  });
});

test("one that is back before the heal has nothing to make good", () => {
  const back = [streaming("22:05:10", "public-3"), streaming("22:05:40", "public-4", eth)];
  expect(judge(up, outage, back, end)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("topics that never come back fail, by name", () => {
  const seen = judge(up, outage, streaming("22:06:10", "public-3"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to have all its topics within 1 min after server.stream was over at 22 Oct 02:06:00 UTC+4; 2 topics of 4 (orderbook.50.ETHUSDT, tickers.ETHUSDT) never came back.",
  );
});

test("late is late, and says what would excuse it", () => {
  const back = [streaming("22:06:10", "public-3"), streaming("22:07:30", "public-4", eth)];
  expect(judge(up, outage, back, end)).toMatchObject({ measured: 90_000, excuse: { latenessMs: 30_000 } });
});

test("back only after the next fault is not back after this one", () => {
  const next = fault("fault-2", "22:08", "22:09");
  const back = [streaming("22:06:10", "public-3"), streaming("22:09:10", "public-4", eth)];
  expect(judge(up, outage, next, back, end)).toMatchObject({ verdict: "fail", measured: null });
});

test("a topic that is given again on the same connection is back", () => {
  const renewed = [
    requested("22:05:30", "public-2", eth, { op: "unsubscribe" }),
    requested("22:06:02", "public-2", eth),
  ];
  const cut = [fault("fault-1", "22:05", "22:06"), ended("22:05:01", "public-1"), streaming("22:06:01", "public-3")];
  expect(judge(up, cut, renewed, end)).toMatchObject({ verdict: "pass", measured: 2_000 });
});

test("a client that died fails, with its exit", () => {
  const seen = judge(up, outage, crashed("22:06:05", 7));
  expect(seen.message).toContain("it exited by itself with code 7");
});

describe("nothing to judge", () => {
  test("no topic was lost", () => {
    expect(judge(up, fault("fault-1", "22:05", "22:06"), end).verdict).toBe("unknown");
  });
  test("stopped right after the heal", () => {
    expect(judge(up, outage, connected("22:06:01", "public-3"), stopped("22:06:20")).verdict).toBe("unknown");
  });
  test("another fault came right after", () => {
    expect(
      judge(
        up,
        outage,
        fault("fault-2", "22:06:20", "22:07"),
        streaming("22:07:05", "public-3"),
        streaming("22:07:05", "public-4", eth),
        end,
      ),
    ).toMatchObject({ measured: 5_000 });
  });
});

import { describe, expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, ended, eth, requested, streamFault, streaming } from "../../../test/support/stream-journal.ts";
import { undisturbed } from "./undisturbed.ts";

const judge = (...lines: Lines[]) => undisturbed().judge(journalOf(...lines), setting);
const [book = "", ticker = ""] = btc;
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1"), streaming("22:00:05", "public-2", eth)];
const end = stopped("22:10", "end-of-run");
const onTopic = streamFault("silence", "topic", { from: "22:05", to: "22:07", hits: [["22:05", "public-1", book]] });

test("a client that leaves everything alone passes", () => {
  expect(judge(up, onTopic, end)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("what a fault has met may be renewed", () => {
  const renewed = [
    requested("22:05:11", "public-1", [book], { op: "unsubscribe" }),
    requested("22:05:11", "public-1", [book]),
  ];
  expect(judge(up, onTopic, renewed, end).verdict).toBe("pass");
});

describe("disturbed is", () => {
  test("a topic that is left although no fault has met it", () => {
    const seen = judge(up, onTopic, requested("22:05:11", "public-1", [ticker], { op: "unsubscribe" }), end);
    expect(seen).toMatchObject({ verdict: "fail", measured: 1, excuse: { latenessMs: 4_000 } });
    expect(seen.message).toContain(
      "Expected reference to leave alone what no fault had met; it left tickers.BTCUSDT at 22 Oct 02:05:11 UTC+4.",
    );
  });
  test("a topic that is asked for although it is carried", () => {
    const again = requested("22:05:11", "public-2", eth, { text: "error:already subscribed" });
    expect(judge(up, onTopic, again, end).message).toContain(
      "it asked again for orderbook.50.ETHUSDT, tickers.ETHUSDT",
    );
  });
  test("a stream that the client tears down", () => {
    const torn = ended("22:05:11", "public-2", { by: "network", code: 1006, how: "fin" });
    expect(judge(up, onTopic, torn, end)).toMatchObject({ verdict: "fail", measured: 1 });
  });
});

test("a stream that the server ends, or a fault has met, or that ends with the client, is not torn down", () => {
  const stall = streamFault("stall", "live", { from: "22:05", to: "22:07", hits: [["22:05", "public-1"]] });
  const given = ended("22:05:25", "public-1", { by: "network", code: 1006 });
  expect(judge(up, stall, given, ended("22:06", "public-2"), end).verdict).toBe("pass");
  expect(judge(up, end, ended("22:10:01", "public-2", { by: "client" })).verdict).toBe("pass");
});

test("a refused subscription may be asked for again", () => {
  const refused = [
    connected("22:00:05", "public-1"),
    requested("22:00:05", "public-1", btc, { text: "error" }),
    requested("22:00:06", "public-1", btc),
  ];
  expect(judge(clientStarted("22:00"), refused, end).verdict).toBe("pass");
});

test("a client that asked for nothing is not judged", () => {
  expect(judge(clientStarted("22:00"), connected("22:00:05", "public-1"), end).verdict).toBe("unknown");
});

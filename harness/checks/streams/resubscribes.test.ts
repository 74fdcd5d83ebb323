import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, crashed, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, ended, requested, streaming } from "../../../test/support/stream-journal.ts";
import { resubscribes } from "./resubscribes.ts";

const judge = (...lines: Lines[]) => resubscribes({ within: seconds(5) }).judge(journalOf(...lines), setting);
const [book = "", ticker = ""] = btc;
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const lost = ended("22:05", "public-1");
const end = stopped("22:10", "end-of-run");

test("all topics in time pass, measured at the slowest", () => {
  const back = [
    connected("22:05:01", "public-2"),
    requested("22:05:02", "public-2", [book]),
    requested("22:05:03", "public-2", [ticker]),
  ];
  expect(judge(up, lost, back, end)).toMatchObject({ verdict: "pass", measured: 3_000 });
});

test("a client that comes back without its topics fails; the message names them", () => {
  const seen = judge(up, lost, connected("22:05:01", "public-2"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to have its topics again within 5 s after the server closed public-1 with 1000 (OK) at 22 Oct 02:05:00 UTC+4; 2 topics of 2 (orderbook.50.BTCUSDT, tickers.BTCUSDT) never came back.",
  );
});

test("one topic of two is one too few", () => {
  const seen = judge(up, lost, streaming("22:05:01", "public-2", [book]), end);
  expect(seen.message).toContain(
    "Expected reference to have its topics again within 5 s after the server closed public-1 with 1000 (OK) at 22 Oct 02:05:00 UTC+4; 1 topic of 2 (tickers.BTCUSDT) never came back.",
  );
});

test("a subscription that was refused or not carried out does not count", () => {
  const refused = [connected("22:05:01", "public-2"), requested("22:05:01", "public-2", btc, { text: "error" })];
  expect(judge(up, lost, refused, end).verdict).toBe("fail");
  expect(judge(up, lost, refused, requested("22:05:04", "public-2", btc), end)).toMatchObject({ measured: 4_000 });
});

test("too late fails, with what would excuse it", () => {
  expect(judge(up, lost, streaming("22:05:09", "public-2"), end)).toMatchObject({
    verdict: "fail",
    measured: 9_000,
    excuse: { latenessMs: 4_000 },
  });
});

test("another path is another market", () => {
  const spot = [connected("22:05:01", "public-2", "/v5/public/spot"), requested("22:05:01", "public-2", btc)];
  expect(judge(up, lost, spot, end).verdict).toBe("fail");
});

test("a topic that was asked for and not answered yet when the stream ended is wanted too", () => {
  const asked = [
    clientStarted("22:00"),
    connected("22:00:05", "public-1"),
    requested("22:04:59", "public-1", btc, { text: "not carried out", answered: false }),
  ];
  expect(judge(asked, lost, end).verdict).toBe("fail");
});

test("a topic that the client had left is not missed", () => {
  const left = requested("22:04", "public-1", [ticker], { op: "unsubscribe" });
  expect(judge(up, left, lost, streaming("22:05:01", "public-2", [book]), end).verdict).toBe("pass");
});

test("a client that died of it fails", () => {
  expect(judge(up, lost, crashed("22:05:00.1")).message).toContain("exited by itself");
});

test("nothing lost, or no time left, is not judged", () => {
  expect(judge(up, end).verdict).toBe("unknown");
  expect(judge(up, ended("22:09:58", "public-1"), end).verdict).toBe("unknown");
});

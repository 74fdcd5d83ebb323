import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, ended, eth, requested, streaming } from "../../../test/support/stream-journal.ts";
import { oneSubscriptionEach } from "./one-subscription-each.ts";

const judge = (...lines: Lines[]) => oneSubscriptionEach().judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1"), streaming("22:00:05", "public-2", eth)];
const lost = ended("22:05", "public-1");
const end = stopped("22:10", "end-of-run");

test("each topic on one connection passes, also after a reconnect", () => {
  expect(judge(up, lost, streaming("22:05:01", "public-3"), end)).toMatchObject({
    verdict: "pass",
    measured: 0,
    message: "reference has every topic on exactly one connection in the end: 4 topics on 2 connections.",
  });
});

test("what is closed by the stop itself was open until then", () => {
  const closing = ["public-1", "public-2"].map((name) => ended("22:10:00.1", name, { by: "client" }));
  expect(judge(up, end, closing).verdict).toBe("pass");
});

test("a topic on none fails; the message names it and the connection that had it last", () => {
  const seen = judge(up, lost, connected("22:05:01", "public-3"), end);
  expect(seen).toMatchObject({
    verdict: "fail",
    measured: 2,
    evidence: [{ what: "had orderbook.50.BTCUSDT of /v5/public/linear on none" }],
  });
  expect(seen.message).toContain(
    "Expected reference to have every topic on exactly one connection in the end; it had orderbook.50.BTCUSDT of /v5/public/linear on none at 22 Oct 02:10:00 UTC+4, one of 2 topics.",
  );
});

test("a topic on two fails", () => {
  const seen = judge(up, streaming("22:05:01", "public-3", btc), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 2 });
  expect(seen.message).toContain(
    "Expected reference to have every topic on exactly one connection in the end; it had orderbook.50.BTCUSDT of /v5/public/linear on public-1 and public-3 at 22 Oct 02:10:00 UTC+4, one of 2 topics.",
  );
});

test("a topic that was left and not taken again is on none; one that was renewed is on one", () => {
  const left = requested("22:05", "public-1", btc, { op: "unsubscribe" });
  expect(judge(up, left, end).verdict).toBe("fail");
  expect(judge(up, left, requested("22:05:01", "public-1", btc), end).verdict).toBe("pass");
});

test("a client that never subscribed is not judged", () => {
  expect(judge(clientStarted("22:00"), connected("22:00:05", "public-1"), end).verdict).toBe("unknown");
});

test("a stream that was lost right before the end may be the machine's doing, one that was lost long ago not", () => {
  expect(judge(up, ended("22:09:50", "public-1"), end)).toMatchObject({
    verdict: "fail",
    excuse: { latenessMs: 5_000 },
  });
  expect(judge(up, lost, ended("22:09:50", "public-2"), end)).not.toHaveProperty("excuse");
});

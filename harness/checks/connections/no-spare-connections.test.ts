import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, ended, eth, requested, streaming } from "../../../test/support/stream-journal.ts";
import { noSpareConnections } from "./no-spare-connections.ts";

const judge = (...lines: Lines[]) => noSpareConnections().judge(journalOf(...lines), setting);
const settled = line("22:01", "client.settled", { connections: {}, topics: {}, polled: [], roles: ["market-data"] });
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1", [...btc, ...eth]), settled];
const lost = ended("22:02", "public-1");
const end = stopped("22:10", "end-of-run");

test("what was lost is replaced, and that is all", () => {
  const seen = judge(up, lost, streaming("22:02:01", "public-2", [...btc, ...eth]), end);
  expect(seen).toMatchObject({ verdict: "pass", measured: 0, target: 0 });
  expect(seen.message).toBe(
    "reference has no connection more in the end than it had when it had settled: it had 1 connection to exchange-public in the end, 1 when it had settled.",
  );
});

test("a connection that carries nothing and was not there before fails, with its line", () => {
  const seen = judge(
    up,
    lost,
    streaming("22:02:01", "public-2", [...btc, ...eth]),
    connected("22:02:01", "public-3"),
    end,
  );
  expect(seen).toMatchObject({ verdict: "fail", measured: 1 });
  expect(seen.message).toContain(
    "Expected reference to have no connection to spare in the end; it had 2 connections to exchange-public in the end, 1 of them with no topic, 1 when it had settled. See journal.ndjson:",
  );
  expect(seen.evidence[0]?.what).toBe("public-3 was opened");
});

test("who spreads its topics over more connections, or leaves one empty and has no more than before, has none to spare", () => {
  const spread = [streaming("22:02:01", "public-2", btc), streaming("22:02:01", "public-3", eth)];
  expect(judge(up, lost, spread, end).verdict).toBe("pass");
  const two = [
    clientStarted("22:00"),
    streaming("22:00:05", "public-1"),
    streaming("22:00:05", "public-2", eth),
    settled,
  ];
  const moved = [requested("22:03", "public-2", eth, { op: "unsubscribe" }), requested("22:03", "public-3", eth)];
  expect(judge(two, lost, connected("22:02:01", "public-3"), moved, end).verdict).toBe("pass");
});

test("what a fault ends in the very moment in which the client had settled was there", () => {
  const atOnce = judge(up, ended("22:01", "public-1"), streaming("22:01:01", "public-2", [...btc, ...eth]), end);
  expect(atOnce).toMatchObject({ verdict: "pass", measured: 0 });
});

test("a connection without a topic that was there when it had settled is its own way", () => {
  const standby = connected("22:00:06", "public-2");
  const seen = judge(up.slice(0, 2), standby, settled, lost, streaming("22:02:01", "public-3", [...btc, ...eth]), end);
  expect(seen).toMatchObject({ verdict: "pass", measured: 0 });
});

test("unknown where it never settled, or has ended by itself", () => {
  expect(judge(clientStarted("22:00"), streaming("22:00:05", "public-1"), end).verdict).toBe("unknown");
  const crash = line("22:05", "client.exited", {
    pid: 1,
    code: 1,
    signal: null,
    expected: false,
  });
  expect(judge(up, crash).verdict).toBe("unknown");
});

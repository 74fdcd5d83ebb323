/** Losses of the exchange's streams in hand-written journals. */

import { expect, test } from "vitest";
import {
  at,
  clientStarted,
  closed,
  journalOf,
  line,
  opened,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { lossesOf as lossesWith, recoveryOf as recoveryWith, spansOf } from "./recovery.ts";

const lossesOf = (journal: JournalView) => lossesWith(journal, { endSeenLateMs: 50 });
const recoveryOf = (journal: JournalView) => recoveryWith(journal, { endSeenLateMs: 50 });

const publicly = "exchange-public";
const on = { endpoint: publicly };
const linear = "/v5/public/linear";

/** A connection that is dialled, opened a second later, and subscribed and fed after that, as far as times are given. */
const comes = (connection: string, topics: string[], dialled: string, more: { held?: string; fed?: string } = {}) => [
  line(dialled, "connection.dialled", { ...on, connection }),
  line(dialled, "connection.upgrade-requested", { ...on, connection, path: linear }),
  opened(dialled, connection, publicly),
  ...(more.held === undefined ? [] : [line(more.held, "connection.subscribed", { ...on, connection, topics })]),
  ...(more.fed === undefined ? [] : [line(more.fed, "connection.fed", { ...on, connection, what: topics[0] ?? "" })]),
];
const up = (connection: string, ...topics: string[]) =>
  comes(connection, topics, "22:53", { held: "22:53:01", fed: "22:53:02" });

interface Laid {
  endpoint?: string;
  silences?: boolean;
  landed?: string;
  healed?: string;
}
const fault = ({ endpoint = publicly, silences = false, landed = "23:05", healed = "23:19" }: Laid = {}): Lines => [
  line("23:04", "fault.armed", {
    fault: "f1",
    name: "network.any",
    endpoint,
    awaits: "it",
    silences,
    toxics: ["f1-downstream"],
  }),
  line(landed, "fault.landed", { fault: "f1", name: "network.any", proof: -1, evidence: "it hit" }),
  line(healed, "fault.healed", { fault: "f1", name: "network.any", by: "scenario" }),
];
const hit = (time: string, connection: string) =>
  line(time, "proxy.toxic-hit", {
    ...{
      endpoint: publicly,
      connection,
      seenAtMs: at(time),
      toxic: "f1-downstream",
      stream: "downstream",
      byteOffset: 9,
    },
  });

test("a stream without auth: no span for it; topics and data count from the connection", () => {
  const journal = journalOf(
    clientStarted("22:52"),
    up("public-1", "tickers.BTCUSDT"),
    fault(),
    closed("23:05:01", "public-1", on),
    comes("public-2", ["tickers.BTCUSDT"], "23:05:02", { held: "23:05:04", fed: "23:05:07" }),
  );
  expect(recoveryOf(journal)).toEqual({
    detectMs: 1_000,
    reconnectMs: 1_000,
    authenticateMs: null,
    resubscribeMs: 2_000,
    firstDataMs: 3_000,
    blackoutMs: 6_000,
  });
});

test("of several connections the slowest is reported, each with the successor that takes up its topics", () => {
  const journal = journalOf(
    clientStarted("22:52"),
    up("public-1", "a"),
    up("public-2", "b", "c"),
    fault(),
    closed("23:05:01", "public-1", on),
    closed("23:05:01", "public-2", on),
    comes("public-3", ["a"], "23:05:02", { held: "23:05:03", fed: "23:05:04" }),
    comes("public-4", ["b"], "23:05:10", { held: "23:05:11", fed: "23:05:12" }),
    comes("public-5", ["c"], "23:05:20", { held: "23:05:21", fed: "23:05:22" }),
  );
  const losses = lossesOf(journal);
  expect(losses.map(({ what, steps }) => [what, steps.carrier?.connection])).toEqual([
    ["public-1", "public-3"],
    ["public-2", "public-4"],
  ]);
  expect(losses.map((loss) => spansOf(loss).resubscribeMs)).toEqual([1_000, 11_000]);
  expect(recoveryOf(journal).blackoutMs).toBe(11_000);
});

test("two trade connections lost at once need two successors", () => {
  const endpoint = "exchange-trade";
  const trade = (connection: string, time: string) => [
    opened(time, connection, endpoint),
    line(time, "connection.authenticated", { endpoint, connection }),
  ];
  const begin = [clientStarted("22:52"), trade("trade-1", "22:53"), trade("trade-2", "22:53"), fault({ endpoint })];
  const ends = [closed("23:05:01", "trade-1", { endpoint }), closed("23:05:01", "trade-2", { endpoint })];
  const one = journalOf(begin, ends, trade("trade-3", "23:05:02"));
  expect(lossesOf(one).map((loss) => spansOf(loss).blackoutMs)).toEqual([1_000, null]);
  const both = journalOf(begin, ends, trade("trade-3", "23:05:02"), trade("trade-4", "23:05:03"));
  expect(lossesOf(both).map((loss) => spansOf(loss).blackoutMs)).toEqual([1_000, 2_000]);
  expect(lossesOf(both).map((loss) => spansOf(loss).firstDataMs)).toEqual([null, null]);
});

test("a connection that a fault hit and the client gave up was lost from the hit on", () => {
  const journal = journalOf(
    clientStarted("22:52"),
    up("public-1", "a"),
    up("public-2", "b"),
    fault({ silences: true }),
    hit("23:05", "exchange-public/1"),
    comes("public-3", ["a"], "23:05:20", { held: "23:05:21", fed: "23:05:22" }),
    closed("23:05:30", "public-1", { ...on, by: "network", code: 1006 }),
    closed("23:05:31", "public-2", { ...on, by: "client" }),
  );
  expect(lossesOf(journal)).toMatchObject([{ what: "public-1", how: "given-up", at: at("23:05") }]);
  expect(recoveryOf(journal)).toMatchObject({ detectMs: 20_000, reconnectMs: 20_000, blackoutMs: 22_000 });
});

test("a silent connection that the client kept was lost until the heal, and nobody noticed", () => {
  const begin = [clientStarted("22:52"), up("public-1", "a"), up("public-2", "b")];
  const journal = journalOf(begin, fault({ silences: true }), hit("23:06", "exchange-public/2"));
  expect(lossesOf(journal)).toMatchObject([{ what: "public-2", how: "silent" }]);
  expect(recoveryOf(journal)).toMatchObject({ detectMs: null, reconnectMs: null, blackoutMs: (19 - 6) * 60_000 });
  const unnamed = journalOf(begin, fault({ silences: true }));
  expect(lossesOf(unnamed).map(({ what }) => what)).toEqual(["public-1", "public-2"]);
});

test("a topic that a rule silenced is lost until it is healed; asking for it again shows the detection", () => {
  const rule = { rule: "r1", endpoint: publicly, connection: "public-1", subject: "a" };
  const asked = (time: string, op: string) =>
    line(time, "exchange.stream-request", {
      ...{ endpoint: publicly, connection: "public-1", op, topics: ["a"], success: true, text: "", answered: true },
    });
  const journal = journalOf(
    clientStarted("22:52"),
    up("public-1", "a"),
    line("23:04", "fault.armed", {
      fault: "f1",
      name: "server.stream",
      endpoint: publicly,
      awaits: "it",
      rules: ["r1"],
    }),
    line("23:05", "rule.hit", { ...rule, nth: 1 }),
    line("23:05", "fault.landed", { fault: "f1", name: "server.stream", proof: 7, evidence: "it hit" }),
    asked("23:05:30", "unsubscribe"),
    asked("23:05:30", "subscribe"),
    line("23:10", "exchange.stream-healed", rule),
  );
  expect(lossesOf(journal)).toMatchObject([{ what: "public-1", how: "silent" }]);
  expect(recoveryOf(journal)).toMatchObject({ detectMs: 30_000, blackoutMs: 300_000 });
});

test("what ends while the operator has the client stopped is no loss, and a start after it is no answer to one", () => {
  const start = [clientStarted("22:52"), up("public-1", "a"), fault()];
  const ended = closed("23:06:01", "public-1", { ...on, by: "network", code: 1006 });
  expect(lossesOf(journalOf(start, stopped("23:06"), ended))).toEqual([]);
  const later = [stopped("23:07"), clientStarted("23:08"), comes("public-2", ["a"], "23:09", { fed: "23:09" })];
  const journal = journalOf(start, ended, later);
  expect(lossesOf(journal)).toMatchObject([{ what: "public-1", how: "closed" }]);
  expect(recoveryOf(journal)).toMatchObject({ reconnectMs: null, blackoutMs: null });
});

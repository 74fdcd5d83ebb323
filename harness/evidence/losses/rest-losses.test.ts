/** Losses of REST in hand-written journals. */

import { describe, expect, test } from "vitest";
import type { EventMap } from "../../../core/journal/event.ts";
import { at, clientStarted, closed, journalOf, line, opened, type Lines } from "../../../test/support/journal.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { lossesOf as lossesWith, recoveryOf as recoveryWith } from "./recovery.ts";

const lossesOf = (journal: JournalView) => lossesWith(journal, { endSeenLateMs: 50 });
const recoveryOf = (journal: JournalView) => recoveryWith(journal, { endSeenLateMs: 50 });

const endpoint = "exchange-rest";

type Asked = Partial<EventMap["exchange.request"]> & { ended?: string };
const request = (time: string, { ended = time, ...more }: Asked = {}): Lines =>
  line(ended, "exchange.request", {
    ...{ connection: "rest-1", method: "GET", path: "/v5/market/kline", payload: "", receivedAt: at(time) },
    ...{
      executed: true,
      outcome: "answered",
      status: 200,
      retCode: 0,
      retMsg: "OK",
      signedAheadMs: null,
      resetAt: null,
      empty: false,
    },
    ...more,
  });
const failed = { outcome: "abandoned", status: null, retCode: null } as const;

const fault = (more: Partial<EventMap["fault.armed"]> = {}, proof = -1): Lines => [
  line("23:04", "fault.armed", {
    fault: "f1",
    name: "server.rest",
    endpoint,
    awaits: "a request",
    toxics: ["f1-downstream"],
    ...more,
  }),
  line("23:05", "fault.landed", { fault: "f1", name: "server.rest", proof, evidence: "it hit" }),
  line("23:19", "fault.healed", { fault: "f1", name: "server.rest", by: "scenario" }),
];
const begin = [clientStarted("22:52"), opened("22:53", "rest-1", endpoint), request("22:53:01")];

test("a route is lost from its first failed request to its next whole reply, whatever others do", () => {
  const journal = journalOf(
    begin,
    fault(),
    request("23:05", { ...failed, ended: "23:05:05" }),
    request("23:05:06", { path: "/v5/market/tickers" }),
    opened("23:05:06", "rest-2", endpoint),
    request("23:05:07", { connection: "rest-2", status: 500, retCode: null }),
    request("23:05:10", { connection: "rest-2", ended: "23:05:11" }),
  );
  expect(lossesOf(journal)).toMatchObject([{ what: "GET /v5/market/kline", how: "failing", at: at("23:05") }]);
  expect(recoveryOf(journal)).toEqual({
    ...{ detectMs: 5_000, reconnectMs: 6_000, authenticateMs: null, resubscribeMs: null },
    ...{ firstDataMs: 5_000, blackoutMs: 11_000 },
  });
});

test("on a connection that was there before, there is nothing to reconnect", () => {
  const journal = journalOf(begin, fault(), request("23:05", { status: 503, retCode: null }), request("23:06"));
  expect(recoveryOf(journal)).toMatchObject({ reconnectMs: null, firstDataMs: null, blackoutMs: 60_000 });
});

test("a route that never answered again has no end", () => {
  const journal = journalOf(begin, fault(), request("23:05", failed), request("23:30", { path: "/v5/market/tickers" }));
  expect(recoveryOf(journal)).toMatchObject({ detectMs: 0, blackoutMs: null });
});

test("each time that a route fails anew is a loss of its own", () => {
  const bad = { status: 500, retCode: null };
  const journal = journalOf(
    begin,
    fault(),
    request("23:05", bad),
    request("23:06"),
    request("23:07", bad),
    request("23:09"),
  );
  expect(lossesOf(journal).map((loss) => (loss.steps.backAt ?? NaN) - loss.at)).toEqual([60_000, 120_000]);
});

describe("what counts as a whole reply", () => {
  const after = (reply: Asked) => lossesOf(journalOf(begin, fault(), request("23:05", reply), request("23:06"))).length;
  test.each([
    ["a limit is none", { retCode: 10_006 }, 1],
    ["a refused timestamp is none", { retCode: 10_002 }, 1],
    ["a wrong parameter is the request's own fault", { retCode: 10_001 }, 0],
    ["a rejected order is an answer", { retCode: 110_007 }, 0],
  ])("%s", (_what, reply, losses) => expect(after(reply)).toBe(losses));
});

test("where no request gets through to fail, the endpoint is lost from the landing on", () => {
  const proof = closed("23:05", "rest-1", { endpoint, by: "client", code: 0 });
  const down = journalOf(
    begin,
    proof,
    fault({}, 4),
    opened("23:19:02", "rest-2", endpoint),
    request("23:19:02.5", { connection: "rest-2" }),
  );
  expect(lossesOf(down)).toMatchObject([{ what: endpoint, how: "closed" }]);
  expect(recoveryOf(down)).toMatchObject({ reconnectMs: 842_000, firstDataMs: 500, blackoutMs: 842_500 });
});

test("a reply into a silenced connection is not one that came", () => {
  const hit = line("23:05", "proxy.toxic-hit", {
    ...{ endpoint, connection: "exchange-rest/1", seenAtMs: at("23:05"), toxic: "f1-downstream" },
    ...{ stream: "downstream", byteOffset: 9 },
  });
  const journal = journalOf(begin, hit, fault({ silences: true }), request("23:05:01"), request("23:20"));
  expect(recoveryOf(journal)).toMatchObject({ blackoutMs: 15 * 60_000 - 1_000 });
});

test("a slow line alone is no loss", () => {
  expect(lossesOf(journalOf(begin, fault(), request("23:05", { ended: "23:05:07" })))).toEqual([]);
});

test("a client that was killed has lost REST until its next reply", () => {
  const exited = line("23:05", "client.exited", { pid: 1, code: null, signal: "SIGKILL", expected: true });
  const again = [
    clientStarted("23:10"),
    opened("23:10:01", "rest-2", endpoint),
    request("23:10:02", { connection: "rest-2" }),
  ];
  const journal = journalOf(begin, exited, fault({ endpoint: "client" }, 4), again);
  expect(recoveryOf(journal)).toMatchObject({ blackoutMs: 302_000 });
});

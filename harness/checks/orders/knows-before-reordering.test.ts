import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import {
  cancelled,
  executed,
  placed,
  privateOpened,
  privateSubscribed,
} from "../../../test/support/journal-private.ts";
import { lookup } from "../../../test/support/order-journal.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { knowsBeforeReordering } from "./knows-before-reordering.ts";

const end = stopped("22:30", "end-of-run");
const judge = (...lines: Lines[]) =>
  knowsBeforeReordering().judge(journalOf(clientStarted("22:00"), ...lines, end), setting);
const payloadOf = (named: object) => JSON.stringify({ category: "linear", symbol: "BTCUSDT", ...named });
const cancel = (time: string, orderId: string, retCode = 110001) =>
  request(time, "/v5/order/cancel", { method: "POST", payload: payloadOf({ orderId }), retCode });
const create = (time: string, side = "Buy") =>
  request(time, "/v5/order/create", { method: "POST", payload: payloadOf({ side, orderLinkId: "next" }) });
const filled = [placed("22:01", "a"), executed("22:10", "a", "2"), cancel("22:10:01", "a")];
/** The stream is there, and hears nothing from 22:09 to 22:11. */
const muted = [privateOpened("22:00:01", "private-1"), privateSubscribed("22:00:02", "private-1")].concat([
  line("22:09", "fault.armed", { fault: "f1", name: "server.stream", endpoint: "exchange-private", awaits: "it" }),
  line("22:09", "fault.landed", { fault: "f1", name: "server.stream", proof: 0, evidence: "it was met" }),
  line("22:11", "fault.healed", { fault: "f1", name: "server.stream", by: "scenario" }),
]);

test("another order of that side before it is known fails; asked for, by id or for its symbol, it may be sent", () => {
  const seen = judge(filled, create("22:10:05"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 1 });
  expect(seen.message).toContain("sent Buy BTCUSDT without having learnt that link-a had been filled");
  expect(judge(filled, lookup("22:10:03", "link-a"), create("22:10:05"))).toMatchObject({ verdict: "pass" });
  const bySymbol = request("22:10:03", "/v5/position/list?category=linear&symbol=BTCUSDT");
  expect(judge(filled, bySymbol, create("22:10:05"))).toMatchObject({ verdict: "pass" });
});

test("asked for too late, or another, is not asked for", () => {
  expect(judge(filled, create("22:10:05"), lookup("22:10:07", "link-a"))).toMatchObject({ verdict: "fail" });
  expect(judge(filled, lookup("22:10:03", "other"), create("22:10:05"))).toMatchObject({ verdict: "fail" });
});

test("the private stream says it at once, or when it is heard again", () => {
  const [opened, subscribed] = muted;
  expect(judge([opened, subscribed].flat() as Lines[], filled, create("22:10:05"))).toMatchObject({ verdict: "pass" });
  expect(judge(muted, filled, create("22:10:05"))).toMatchObject({ verdict: "fail" });
  expect(judge(muted, filled, create("22:11:01"))).toMatchObject({ verdict: "pass" });
});

test("the other side may be sent, and one that was cancelled before is none that was filled", () => {
  expect(judge(filled, create("22:10:05", "Sell"))).toMatchObject({ verdict: "pass" });
  const gone = [placed("22:01", "a"), cancelled("22:10", "a"), cancel("22:10:01", "a"), create("22:10:05")];
  expect(judge(gone)).toMatchObject({ verdict: "unknown" });
  expect(judge(placed("22:01", "a"), cancel("22:10:01", "a", 0))).toMatchObject({ verdict: "unknown" });
});

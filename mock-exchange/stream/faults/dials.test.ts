/** Faults before there is a WebSocket, as a bare client and the journal see them. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { openFaultStage, type FaultStage } from "../../testing/fault-stage.ts";

let stage: FaultStage;
beforeEach(async () => {
  stage = await openFaultStage();
});
afterEach(() => stage.close());

test("a dial is written down from the first: TCP, upgrade with its path, open", async () => {
  await stage.dial().opened();
  await stage.seen("connection.opened");
  const types = ["connection.dialled", "connection.upgrade-requested", "connection.opened"];
  const events = stage.journal.view().events.filter(({ type }) => type.startsWith("connection."));
  expect(events.map(({ type }) => type)).toEqual(types);
  expect(events[1]).toMatchObject({ endpoint: "exchange-public", connection: "public-1", path: "/v5/public/linear" });
});

test.each(["reset", "fin"] as const)("%s on connect: the first and the third dial, and no other", async (how) => {
  stage.arm("public", { do: how }, { on: "connect", connection: 1 });
  stage.arm("public", { do: how }, { on: "connect", connection: "public-3" });
  expect(await stage.dial().ended).toBe(how);
  await stage.dial().opened();
  expect(await stage.dial().ended).toBe(how);
  await stage.dial().opened();
  expect(stage.all("rule.hit").map(({ connection, subject }) => [connection, subject])).toEqual([
    ["public-1", "connect"],
    ["public-3", "connect"],
  ]);
  expect(await stage.seen("connection.dial-ended", ({ connection }) => connection === "public-3")).toMatchObject({
    by: "server",
  });
  expect(stage.all("connection.opened").map(({ connection }) => connection)).toEqual(["public-2", "public-4"]);
});

test.each(["reset", "fin"] as const)("%s on upgrade, by path", async (how) => {
  stage.arm("public", { do: how }, { on: "upgrade", path: "/v5/public/spot" });
  await stage.dial().opened();
  stage.arm("public", { do: how }, { on: "upgrade", path: "/v5/*/linear" });
  const client = stage.dial();
  expect(await client.ended).toBe(how);
  expect(client.head).toBe("");
  expect(stage.all("rule.hit")).toMatchObject([{ connection: "public-2", subject: "upgrade /v5/public/linear" }]);
});

test.each([
  [502, "502 Bad Gateway"],
  [503, "503 Service Temporarily Unavailable"],
  [429, "429"],
  [403, "403 Forbidden"],
])("refuse-upgrade %i, twice, with the gateway's page", async (status, title) => {
  stage.arm("public", { do: "refuse-upgrade", status }, {}, { times: 2 });
  for (const nth of [1, 2]) {
    const client = stage.dial();
    await client.ended;
    expect(client.head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(client.head).toContain("Content-Type: text/html");
    expect(client.rest.toString()).toContain(`<title>${title}</title>`);
    expect(stage.all("connection.upgrade-refused")[nth - 1]).toMatchObject({ connection: `public-${nth}`, status });
  }
  await stage.dial().opened();
  expect(stage.all("rule.ended")).toMatchObject([{ why: "used-up", hits: 2 }]);
});

test("dials that a fault refuses count against the exchange's own limit, and whoever hammers meets it", async () => {
  stage.arm("public", { do: "refuse-upgrade", status: 503 });
  for (let dials = 0; dials < 500; dials += 50) await Promise.all(Array.from({ length: 50 }, () => stage.dial().ended));
  expect(stage.all("connection.upgrade-refused").map(({ status }) => status)).toEqual(Array(500).fill(503));
  const client = stage.dial();
  await client.ended;
  expect(client.head).toMatch(/^HTTP\/1.1 403 /);
  expect(stage.all("rule.hit")).toHaveLength(500);
});

test("refuse-upgrade with a body of one's own", async () => {
  stage.arm("private", { do: "refuse-upgrade", status: 503, body: "busy" });
  const client = stage.dial("private");
  await client.ended;
  expect(client.rest.toString()).toBe("busy");
});

test("stall-upgrade: nothing comes; a client that gives up is seen to, and one that waits is served after", async () => {
  const rule = stage.arm("public", { do: "stall-upgrade" });
  const [quits, waits] = [stage.dial(), stage.dial()];
  await stage.seen("rule.hit", ({ connection }) => connection === "public-2");
  await stage.clock.sleep(seconds(10));
  expect([quits.head, waits.head]).toEqual(["", ""]);
  quits.socket.end();
  const ended = await stage.seen("connection.dial-ended");
  expect(ended).toMatchObject({ connection: "public-1", by: "peer" });
  expect(ended.afterMs).toBeGreaterThanOrEqual(seconds(10));
  expect(stage.all("connection.opened")).toEqual([]);
  waits.send({ op: "ping" });
  rule.disarm();
  await waits.opened();
  await waits.next(({ ret_msg }) => ret_msg === "pong");
  expect(stage.all("connection.opened")).toMatchObject([{ connection: "public-2" }]);
});

test("stall-upgrade is over with its time to live, and a closing server does not wait for it", async () => {
  stage.arm("public", { do: "stall-upgrade" }, {}, { ttlMs: seconds(5) });
  await stage.dial().opened();
  expect(stage.all("rule.ended")).toMatchObject([{ why: "expired", hits: 1 }]);
  stage.arm("public", { do: "stall-upgrade" });
  const held = stage.dial();
  await stage.seen("rule.hit", ({ connection }) => connection === "public-2");
  await stage.exchange.close();
  await held.ended;
  expect(await stage.seen("connection.dial-ended")).toMatchObject({ connection: "public-2", by: "server" });
});

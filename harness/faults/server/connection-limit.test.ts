/** A real client's dials against the edge's limit. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentClient, type IncidentClient } from "../../../test/support/incident-client.ts";
import connectionLimit from "./connection-limit.ts";

let stage: IncidentClient;
beforeEach(async () => {
  // Slow enough that five dials are one moment.
  stage = await incidentClient({ compression: 1 });
  await stage.start();
});
afterEach(() => stage.close());

const dial = (times: number) =>
  stage.ask(
    `const port = new URL(process.env.FIREDRILL_EXCHANGE_REST_URL).port;
     for (let n = 0; n < ${times}; n += 1) net.connect(port, "127.0.0.1").on("error", () => undefined);`,
  );
const all = (type: "connection.opened" | "connection.closed") =>
  stage.journal
    .view()
    .all(type)
    .filter(({ endpoint }) => endpoint === "exchange-rest");

test("new connections beyond the limit are reset, those within it stay", async () => {
  await stage.fault(connectionLimit({ perSecond: 2 }), async () => {
    await dial(5);
    await expect.poll(() => all("connection.closed").length).toBe(3);
  });
  expect(all("connection.opened")).toHaveLength(5);
  expect(all("connection.closed")).toMatchObject([{ by: "server", how: "reset" }, { how: "reset" }, { how: "reset" }]);
});

test("it lands with the first connection that it counts, also where nothing is reset", async () => {
  await stage.fault(connectionLimit({ perSecond: 2 }), async () => {
    expect(stage.journal.view().all("fault.landed")).toEqual([]);
    await dial(1);
    await stage.seen("fault.landed");
  });
  expect(stage.journal.view().all("fault.landed")).toMatchObject([
    {
      name: "server.connection-limit",
      evidence: "rest-1 counted for the limit of 2 new connections a second",
    },
  ]);
  expect(all("connection.closed").filter((event) => "how" in event && event.how === "reset")).toEqual([]);
});

import { expect } from "vitest";
import type { Fault } from "../../../harness/incident/fault.ts";
import rest from "../../../harness/faults/server/rest.ts";
import type { BareClient } from "../../support/bare-client.ts";
import { reply, request, type FaultStage } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

/** With its first half sent, so that the mock has the head and not the body. */
const half =
  'POST /v5/order/create HTTP/1.1\r\nHost: exchange\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"category":';

/** On an armed line each of the mock's resets is ECONNRESET, wherever in a request it comes. */
const armed = (fault: Fault, act: (client: BareClient) => void, seen: (text: string) => void) => ({
  testbed: { armReset: ["exchange-rest" as const] },
  async play(stage: FaultStage) {
    const client = await stage.live();
    await stage.fault(fault, async () => {
      act(client);
      const endMs = await client.sees("rst");
      await sameEnd(stage, endMs);
      expect(client.story).toEqual(["rst"]);
      seen(client.text);
    });
  },
});
const nothing = (text: string): void => expect(text).toBe("");

async function sameEnd(stage: FaultStage, endMs: number): Promise<void> {
  const closed = await stage.seen("connection.closed");
  expect(closed).toMatchObject({ by: "server", how: "reset" });
  await stage.sameMoment(closed.at, endMs);
  await stage.seen("fault.landed");
}

export default truth({
  cases: {
    "a reset of the mock's is a FIN where the scenario has not armed resets": async (stage) => {
      const client = await stage.live();
      await stage.fault(rest({ action: { do: "reset-before" } }), async () => {
        client.send(request);
        const endMs = await client.sees("fin");
        await sameEnd(stage, endMs);
        expect(client.story).toEqual(["fin"]);
      });
    },
    "a reset of the mock's is ECONNRESET where it has": {
      testbed: { armReset: ["exchange-rest"] },
      async play(stage) {
        const client = await stage.live();
        await stage.fault(rest({ action: { do: "reset-before" } }), async () => {
          client.send(request);
          const endMs = await client.sees("rst");
          await sameEnd(stage, endMs);
          expect(client.story).toEqual(["rst"]);
          if (stage.engine === "binary") return;
          const passedOn = await stage.seen("proxy.connection-closed");
          expect(passedOn).toMatchObject({ by: "upstream", how: "rst", toClient: "rst" });
          await stage.sameMoment(passedOn.seenAtMs, endMs);
        });
      },
    },
    "a reset in the middle of a reply, where it has: its head and a part, then ECONNRESET": armed(
      rest({ action: { do: "reset-mid-reply" } }),
      (client) => client.send(request),
      (text) => {
        expect(text).toMatch(/^HTTP\/1.1 200 OK/);
        expect(text).not.toMatch(reply);
      },
    ),
    "a reset instead of a reply, where it has": armed(
      rest({ action: { do: "lose-reply" } }),
      (client) => client.send(request),
      nothing,
    ),
    "a reset in the middle of a request, where it has": armed(
      rest({ action: { do: "reset-mid-request", afterBytes: 5 } }),
      (client) => client.send(half),
      nothing,
    ),
    "a reset of an idle connection, where it has": armed(
      rest({ match: { on: "idle", idleMs: 50 }, action: { do: "reset" } }),
      () => undefined,
      nothing,
    ),
    "a reset of a connection as it is made, where it has": {
      testbed: { armReset: ["exchange-rest"] },
      async play(stage) {
        await stage.fault(rest({ match: { on: "connect" }, action: { do: "reset" } }), async () => {
          const client = stage.dial("exchange-rest");
          const endMs = await client.sees("rst");
          await sameEnd(stage, endMs);
          expect(client.story).not.toContain("fin");
        });
      },
    },
    "a reply of another status": async (stage) => {
      const client = await stage.live();
      await stage.fault(rest({ action: { do: "status", code: 503 } }), async () => {
        client.send(request);
        const readMs = await client.reads(/HTTP\/1.1 503/);
        const hit = await stage.seen("rule.hit");
        await stage.sameMoment(hit.at, readMs);
        await stage.seen("fault.landed");
      });
    },
    "a reply that is late": async (stage) => {
      const client = await stage.live();
      await stage.fault(rest({ action: { do: "delay", ms: 100 } }), async () => {
        client.send(request);
        const readMs = await client.reads(reply);
        const hit = await stage.seen("rule.hit");
        await stage.sameMoment(hit.at + 100, readMs);
      });
    },
    "no reply, and no end": async (stage) => {
      const [client, other] = [await stage.live(), await stage.live()];
      await stage.fault(rest({ action: { do: "hang" }, times: 1 }), async () => {
        client.send(request);
        await stage.seen("fault.landed");
        other.send(request);
        await other.reads(reply);
      });
      expect(client.sights).toEqual([]);
    },
  },
});

import { expect } from "vitest";
import rest from "../../../harness/faults/server/rest.ts";
import { reply, request, type FaultStage } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

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

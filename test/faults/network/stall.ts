import { expect } from "vitest";
import acceptAndHang from "../../../harness/faults/network/accept-and-hang.ts";
import stall from "../../../harness/faults/network/stall.ts";
import { behindProxy } from "../../../harness/evidence/losses/behind-proxy.ts";
import { reply, request, type FaultStage } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

/** @returns When the stall met the first bytes. */
async function landed(stage: FaultStage): Promise<number> {
  const { proof } = await stage.seen("fault.landed");
  const hit = stage.journal.view().events[proof];
  return hit?.type === "proxy.toxic-hit" ? hit.seenAtMs : NaN;
}

export default truth({
  only: "embedded",
  cases: {
    "a request is held, and at the heal it arrives and is answered on the same connection": async (stage) => {
      const client = await stage.live();
      const before = stage.journal.view().all("exchange.request").length;
      await stage.fault(stall({ endpoint }), async () => {
        const sentMs = client.send(request);
        await stage.sameMoment(await landed(stage), sentMs);
        expect(stage.journal.view().all("exchange.request")).toHaveLength(before);
      });
      const readMs = await client.reads(reply);
      expect(client.story).toEqual([]);
      const arrived = await stage.seen("exchange.request", ({ receivedAt }) => receivedAt > 0 && before > 0);
      expect(arrived.connection).toBe("rest-1");
      const healed = await stage.seen("fault.healed");
      await stage.sameMoment(healed.at, readMs);
    },
    "downstream only: the request arrives, its reply is held until the heal": async (stage) => {
      const client = await stage.live();
      await stage.fault(stall({ endpoint, direction: "downstream" }), async () => {
        const sentMs = client.send(request);
        const arrived = await stage.seen("exchange.request", ({ receivedAt }) => receivedAt > sentMs);
        expect(arrived.outcome).toBe("answered");
        await landed(stage);
        expect(client.sights).toEqual([]);
      });
      await client.reads(reply);
    },
    "the link is gone at the heal: ECONNRESET, and what was held never comes": async (stage) => {
      const client = await stage.live();
      await stage.fault(stall({ endpoint, atHeal: "reset" }), async () => {
        client.send(request);
        await landed(stage);
      });
      const resetMs = await client.sees("rst");
      expect(client.text).toBe("");
      const closed = await stage.seen("proxy.connection-closed");
      expect(closed).toMatchObject({ by: "toxic", how: "rst", toClient: "rst" });
      await stage.sameMoment(closed.seenAtMs, resetMs);
    },
    "only what was live is stalled, a new connection is not": async (stage) => {
      const old = await stage.live();
      await stage.fault(stall({ endpoint, connection: "live", atHeal: "fin" }), async () => {
        old.send(request);
        await landed(stage);
        await stage.live();
        expect(old.sights).toEqual([]);
      });
      await old.sees("fin");
      expect(old.story).toEqual(["fin"]);
    },
    "one connection of two, and the journal says which of the mock's it is, though a dial that hung came between":
      async (stage) => {
        const first = await stage.live();
        await stage.fault(acceptAndHang({ endpoint }), async () => {
          stage.dial(endpoint).send(request);
          await stage.seen("fault.landed");
        });
        const third = await stage.live();
        await stage.fault(stall({ endpoint, connection: 3 }), async () => {
          third.send(request);
          first.send(request);
          await first.reads(reply);
          const { proof } = await stage.seen("fault.landed", ({ fault }) => fault === "fault-2");
          const hit = stage.journal.view().events[proof];
          expect(hit).toMatchObject({ connection: `${endpoint}/3` });
          expect(behindProxy(stage.journal.view())(`${endpoint}/3`)).toBe("rest-2");
          expect(third.sights).toEqual([]);
        });
        await third.reads(reply);
      },
  },
});

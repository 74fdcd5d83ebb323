import { expect } from "vitest";
import rest from "../../../harness/faults/server/rest.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

export default truth({
  cases: {
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

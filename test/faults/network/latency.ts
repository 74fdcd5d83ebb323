import { expect } from "vitest";
import latency from "../../../harness/faults/network/latency.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";
const latencyMs = 100;

export default truth({
  cases: {
    "a reply is late by that much": async (stage) => {
      const client = await stage.live();
      await stage.fault(latency({ endpoint, latencyMs }), async () => {
        client.send(request);
        const readMs = await client.reads(reply);
        const { proof } = await stage.seen("fault.landed");
        const met = stage.journal.view().events[proof];
        // A mock's request ends when its reply was handed to the network; the engine met it when it was read there.
        const metMs = met?.type === "proxy.toxic-hit" ? met.seenAtMs : (met?.at ?? NaN);
        await stage.sameMoment(metMs + latencyMs, readMs);
      });
    },
    "a request is late by that much": async (stage) => {
      const client = await stage.live();
      await stage.fault(latency({ endpoint, latencyMs, direction: "upstream" }), async () => {
        const sentMs = client.send(request);
        const arrived = await stage.seen("exchange.request", ({ receivedAt }) => receivedAt > sentMs);
        await stage.sameMoment(arrived.receivedAt, sentMs + latencyMs);
        await stage.seen("fault.landed");
      });
      client.sights.splice(0);
      const sentMs = client.send(request);
      expect((await client.reads(reply)) - sentMs, "healed").toBeLessThan(latencyMs);
    },
  },
});

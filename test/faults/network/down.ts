import { expect } from "vitest";
import down from "../../../harness/faults/network/down.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  cases: {
    "a live connection sees a FIN": async (stage) => {
      const client = await stage.live();
      await stage.fault(down({ endpoint }), async () => {
        const endMs = await client.sees("fin");
        const closed = await stage.seen("connection.closed");
        await stage.sameMoment(closed.at, endMs);
        await stage.seen("fault.landed");
      });
      await stage.live();
    },
    "an exchange that dies whole is one for each endpoint: all of them end, and only the signal server goes on": async (
      stage,
    ) => {
      const rest = await stage.live();
      const feed = await stage.live("exchange-public");
      const signal = await stage.live("signal");
      await stage.fault(down({ endpoint: "exchange-public" }), () =>
        stage.fault(down({ endpoint }), async () => {
          for (const [client, name] of [
            [rest, "exchange-rest"],
            [feed, "exchange-public"],
          ] as const) {
            const endMs = await client.sees("fin");
            const closed = await stage.seen("connection.closed", (event) => event.endpoint === name);
            await stage.sameMoment(closed.at, endMs);
            await stage.seen("fault.landed", (event) => event.evidence.includes(name));
          }
          expect(signal.sights).toEqual([]);
        }),
      );
      await stage.live();
    },
    "a dial is refused, and lands it without a live connection": async (stage) => {
      await stage.fault(down({ endpoint }), async () => {
        const client = stage.dial(endpoint);
        const refusedMs = await client.sees("refused");
        expect(client.story).toEqual(["refused"]);
        const refused = await stage.seen("proxy.dial-refused");
        await stage.sameMoment(refused.at, refusedMs);
        await stage.seen("fault.landed");
      });
      await stage.live();
    },
  },
});

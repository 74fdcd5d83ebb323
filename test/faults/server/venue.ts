import { Big } from "big.js";
import { expect } from "vitest";
import { place } from "../../../mock-exchange/engine/orders/place.ts";
import venue from "../../../harness/faults/server/venue.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";
const ask = "GET /v5/market/instruments-info?category=linear&symbol=BTCUSDT HTTP/1.1\r\nHost: exchange\r\n\r\n";

export default truth({
  testbed: { symbols: ["BTCUSDT"] },
  cases: {
    "a halted contract is said to be closed, and trades again after the heal, with its new tick": async (stage) => {
      const client = stage.dial(endpoint);
      await stage.fault(venue({ do: "halt", tickTimes: 10 }), async () => {
        client.send(ask);
        const readMs = await client.reads(/"status":"Closed"/);
        const landed = await stage.seen("fault.landed");
        await stage.sameMoment(landed.at, readMs);
        expect(client.text).toContain('"tickSize":"1.00"');
      });
      const after = stage.dial(endpoint);
      after.send(ask);
      await after.reads(/"status":"Trading"/);
      expect(after.text).toContain('"tickSize":"1.00"');
    },
    "a reset voids open orders": async (stage) => {
      const { engine } = stage.testbed.exchange.state;
      const order = () => engine.account.orders.open("linear", "BTCUSDT");
      const { bid } = engine.account.market.quote("linear", "BTCUSDT");
      const price = bid?.times("0.99").round(0) ?? new Big(1);
      const wish = {
        category: "linear",
        symbol: "BTCUSDT",
        side: "Buy",
        orderType: "Limit",
        price,
        qty: new Big("0.01"),
      } as const;
      engine.change((account) => place(account, wish));
      expect(order()).toHaveLength(1);
      await stage.fault(venue({ do: "reset" }), async () => {
        const reset = await stage.seen("exchange.market-reset");
        const landed = await stage.seen("fault.landed");
        expect(landed.proof).toBe(reset.seq);
        expect(order()).toHaveLength(0);
      });
    },
  },
});

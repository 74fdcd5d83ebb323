/** The mock exchange alone, everything on one port; and how to point each SDK at it. */

import { openFrontDoor } from "../../../mock-exchange/front-door.ts";
import { startExchange } from "../../../mock-exchange/server.ts";
import { sameCityMs } from "../../../mock-exchange/stream/distance.ts";
import type { MockKind } from "../mock-kind.ts";
import { perpetualsOf } from "../mock-symbols.ts";

const keys = [{ key: "firedrill-key", secret: "firedrill-secret" }] as const;

export default {
  name: "exchange",
  summary: "Bybit V5",
  async start(options) {
    const symbols = perpetualsOf(options.symbols, options.clock.startMs);
    const exchange = await startExchange({
      ...options,
      symbols,
      port: 0,
      keys,
      latencyMs: sameCityMs,
      pacedBooks: true,
    });
    const door = await openFrontDoor(options.port, exchange.adopt).catch(async (error: unknown) => {
      await exchange.close();
      throw error;
    });
    const [{ key, secret }] = keys;
    const [http, ws] = [`http://127.0.0.1:${door.port}`, `ws://127.0.0.1:${door.port}`];
    return {
      lines: [
        `REST       ${http}`,
        `public     ${ws}/v5/public/linear (spot, inverse, option)`,
        `private    ${ws}/v5/private`,
        `trade      ${ws}/v5/trade`,
        `key        ${key}`,
        `secret     ${secret}`,
        "",
        `bybit-api  new RestClientV5({ baseUrl: "${http}", … }), new WebsocketClient({ wsUrl: one of the above, … })`,
        `ccxt       exchange.urls.api: every https://… becomes ${http}, every wss://… host becomes ${ws}`,
        `pybit      session.endpoint = "${http}"; PUBLIC_WSS, PRIVATE_WSS, TRADE_WSS: the hosts become ${ws}`,
        `           whole programs for each: docs/sdks.md`,
      ],
      async close() {
        await Promise.all([door.close(), exchange.close()]);
      },
    };
  },
} satisfies MockKind;

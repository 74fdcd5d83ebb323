import { startExchange } from "../../../mock-exchange/server.ts";
import type { MockKind } from "../mock-kind.ts";

const keys = [{ key: "firedrill-key", secret: "firedrill-secret" }] as const;

export default {
  name: "exchange",
  summary: "Bybit V5",
  async start(options) {
    const exchange = await startExchange({ ...options, keys });
    const [{ key, secret }] = keys;
    return {
      lines: [
        `REST       ${exchange.restUrl}`,
        `public     ${exchange.publicUrl}/v5/public/linear (spot, inverse, option)`,
        `private    ${exchange.privateUrl}`,
        `trade      ${exchange.tradeUrl}`,
        `key        ${key}`,
        `secret     ${secret}`,
      ],
      close: () => exchange.close(),
    };
  },
} satisfies MockKind;

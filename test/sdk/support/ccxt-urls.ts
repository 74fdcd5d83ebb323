/** How ccxt is pointed at the mock: by its own table of addresses, which is public and meant for that. */

import type { Exchange as Mock } from "../../../mock-exchange/server.ts";

interface Urls {
  api: Record<string, unknown>;
}

export function pointAt(mock: Mock, exchange: { urls: object }): void {
  const { api } = exchange.urls as Urls;
  for (const name of ["spot", "futures", "v2", "public", "private"]) api[name] = mock.restUrl;
  const open = (category: string): string => `${mock.publicUrl}/v5/public/${category}`;
  api.ws = {
    public: { spot: open("spot"), linear: open("linear"), inverse: open("inverse"), option: open("option") },
    private: {
      spot: { unified: mock.privateUrl, nonUnified: mock.privateUrl },
      contract: mock.privateUrl,
      usdc: mock.privateUrl,
      trade: mock.tradeUrl,
    },
  };
}

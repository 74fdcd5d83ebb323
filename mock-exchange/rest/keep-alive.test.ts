import { get, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { key } from "../testing/exchange.ts";
import { startExchange } from "../server.ts";

test("a connection is kept for longer than a client keeps it, and the client is informed", async () => {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 60 });
  const exchange = await startExchange({ clock, journal: new Journal(clock), symbols: ["BTCUSDT"], keys: [key] });
  try {
    const [reply] = (await once(get(`${exchange.restUrl}/v5/market/time`), "response")) as [IncomingMessage];
    reply.resume();
    expect(reply.headers["keep-alive"]).toBe("timeout=72");
  } finally {
    await exchange.close();
  }
});

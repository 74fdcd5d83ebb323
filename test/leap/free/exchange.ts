/** The mock exchange with its journal in a file; prints where it listens, as JSON. `argv`: seed, symbols, journal. */

import { incidentClock } from "../../../core/clock.ts";
import { Journal } from "../../../core/journal/journal.ts";
import { random } from "../../../core/random.ts";
import { startExchange } from "../../../mock-exchange/server.ts";

const [seed = "", symbols = "", path = ""] = process.argv.slice(2);
const clock = incidentClock({ start: Date.now(), compression: 1 });
const journal = new Journal(clock, path);
const keys = [{ key: "firedrill-key", secret: "firedrill-secret" }] as const;
const exchange = await startExchange({
  ...{ clock, journal, keys, symbols: symbols.split(","), random: random(seed) },
  ...{ latencyMs: 5, witnessBooks: true },
});
process.once("SIGTERM", () => void exchange.close().then(() => journal.close()));
console.log(
  JSON.stringify({
    FIREDRILL_EXCHANGE_REST_URL: exchange.restUrl,
    FIREDRILL_EXCHANGE_PUBLIC_WS_URL: `${exchange.publicUrl}/v5/public/linear`,
    FIREDRILL_EXCHANGE_PRIVATE_WS_URL: exchange.privateUrl,
    FIREDRILL_EXCHANGE_TRADE_WS_URL: exchange.tradeUrl,
    FIREDRILL_API_KEY: keys[0].key,
    FIREDRILL_API_SECRET: keys[0].secret,
  }),
);

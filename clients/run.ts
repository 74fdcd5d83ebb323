/**
 * Runs a shipped client as a process of its own: `node clients/run.ts reference` or `… broken/local-date-waves`. It
 * takes its settings from the environment and stops on SIGINT or SIGTERM.
 */

import { extname } from "node:path";
import { log } from "./reference/log.ts";
import { messageOf } from "./reference/message-of.ts";
import type { ClientDefinition } from "./reference/parts.ts";
import { readSettings } from "./reference/settings.ts";
import { SignalBuffer } from "./reference/signals/buffer.ts";
import { runWaveLoop } from "./reference/signals/wave-loop.ts";
import { RestClient } from "./reference/trading/rest-client.ts";

const name = process.argv[2] ?? "reference";
const ending = extname(new URL(import.meta.url).pathname);
const file = name === "reference" ? `./reference/index${ending}` : `./${name}${ending}`;
const { parts } = ((await import(new URL(file, import.meta.url).href)) as { default: ClientDefinition }).default;

const settings = readSettings(process.env);
const stopped = new AbortController();
const rest = new RestClient({ baseUrl: settings.exchangeRestUrl, key: settings.apiKey, secret: settings.apiSecret });
const buffer = new SignalBuffer();
const feed = parts.feed({ url: settings.signalUrl, token: settings.signalToken, buffer });
const trader = parts.trader({ rest, symbols: settings.symbols });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    log(`${signal}: graceful stop`);
    stopped.abort();
    feed.stop();
    void rest.close();
  });
}

feed.start();
await rest.syncClock().catch((error: unknown) => log(`clock not synchronised: ${messageOf(error)}`));
await runWaveLoop({ feed, buffer, schedule: parts.waves, trader, signal: stopped.signal }).catch((error: unknown) => {
  if (!stopped.signal.aborted) throw error;
});

/**
 * Toxiproxy without Toxiproxy: an engine in this process that speaks v2.12.0's HTTP API and has its toxics, so that
 * `npx firedrill run` needs nothing else. What it adds: a seed that holds, an event feed of what happened on the wire,
 * toxics of our own (one file each in `toxics/`), and what `api/extensions.ts` says. What it leaves out: metrics, and UDP, which neither has.
 *
 *     const engine = await startEmbedded();
 *     const toxiproxy = new Toxiproxy(engine.url);   // toxiproxy-node-client
 */

import { loadFolder } from "../core/load-folder.ts";
import { random } from "../core/random.ts";
import { extensions } from "./api/extensions.ts";
import { routes } from "./api/routes.ts";
import { apiServer } from "./api/server.ts";
import { EventFeed } from "./event-feed.ts";
import type { EventListener } from "./events.ts";
import { Proxies } from "./proxies.ts";
import type { ToxicType } from "./toxic.ts";

export interface EmbeddedOptions {
  host?: string;
  /** Of the API; 0, the default, takes a free one. */
  port?: number;
  /** Decides what toxicity, jitter and slices draw; the same seed decides the same. */
  seed?: number | string;
  onEvent?: EventListener;
  /** The API is below a path of this name only, so that who does not know it, such as a client under test, changes nothing. */
  secret?: string;
}

export interface Embedded {
  url: string;
  /** Closes the API, every proxy and every connection. */
  close(): Promise<void>;
}

export async function startEmbedded(options: EmbeddedOptions = {}): Promise<Embedded> {
  const { host = "127.0.0.1", port = 0, seed = 0 } = options;
  const toxics = await loadFolder<ToxicType>(new URL("./toxics/", import.meta.url));
  const types = new Map(toxics.map(({ name, value }) => [name, value]));
  const feed = new EventFeed();
  const onEvent: EventListener = (event) => {
    feed.publish(event);
    options.onEvent?.(event);
  };
  const proxies = new Proxies(random(seed), onEvent);
  const below = options.secret === undefined ? "" : `/${options.secret}`;
  const all = Object.entries({ ...routes(proxies, types), ...extensions(proxies, types, feed) });
  const app = apiServer(Object.fromEntries(all.map(([path, handlers]) => [below + path, handlers])));
  const url = await app.listen({ host, port });
  return {
    url: url + below,
    async close() {
      await proxies.close();
      feed.close();
      await app.close();
    },
  };
}

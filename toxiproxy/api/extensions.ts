/**
 * What the embedded engine's API has and Toxiproxy's has not. All of it is on paths that Toxiproxy answers with 404, by
 * which a client can distinguish the two.
 *
 *     GET  /toxics                       the types of toxics this engine knows
 *     POST /toxics                       { "remove": [{ proxy, name }], "add": [{ proxy, name, type, … }] }, all at once
 *     GET  /events?proxies=<prefix>      what happens on the wire, a line of JSON each, until the reader leaves
 *
 * Besides, every toxic takes `ttl_ms`, after which it removes itself, `connection`, the number of the one connection it
 * is meant for (its events name it `<proxy>/<number>`), and `live_only`: for the connections there are, and none after.
 */

import type { EventFeed } from "../event-feed.ts";
import type { Proxies } from "../proxies.ts";
import type { Proxy } from "../proxy.ts";
import type { Toxic, ToxicType } from "../toxic.ts";
import { readAttributes, readToxic } from "./bodies.ts";
import { badRequestBody, toxicAlreadyExists } from "./errors.ts";
import { goJson, renderToxic } from "./render.ts";
import type { Call, Routes } from "./server.ts";

interface Placed {
  proxy: Proxy;
  toxic: Toxic;
}

export function extensions(proxies: Proxies, types: ReadonlyMap<string, ToxicType>, feed: EventFeed): Routes {
  /** Nothing is touched before all of it is known to be right; then it happens in one turn of the event loop. */
  const change = async ({ body }: Call): Promise<{ body: string }> => {
    const { remove, add } = readChange(body);
    const going = remove.flatMap(({ proxy: name, name: toxicName }): Placed[] => {
      const proxy = proxies.get(name);
      const toxic = proxy.toxics.find(toxicName);
      // Its time to live may just have ended, which is what was wanted.
      return toxic === undefined ? [] : [{ proxy, toxic }];
    });
    const coming: Placed[] = [];
    for (const item of add) {
      const proxy = proxies.get(item.proxy);
      const one = Buffer.from(JSON.stringify(item));
      const toxic = readToxic(one, types);
      const stays = proxy.toxics.find(toxic.name);
      const isTaken = stays !== undefined && !going.some((other) => other.toxic === stays);
      const isTwice = coming.some((other) => other.proxy === proxy && other.toxic.name === toxic.name);
      if (isTaken || isTwice) throw toxicAlreadyExists();
      readAttributes(one, toxic);
      coming.push({ proxy, toxic });
    }
    for (const { proxy, toxic } of going) proxy.toxics.remove(toxic);
    for (const { proxy, toxic } of coming) proxy.toxics.add(toxic);
    await Promise.all([...going, ...coming].map(({ proxy }) => proxy.settled()));
    return { body: goJson(coming.map(({ proxy, toxic }) => ({ proxy: proxy.name, ...renderToxic(toxic) }))) };
  };

  return {
    "/toxics": { GET: () => ({ body: goJson([...types.keys()]) }), POST: change },
    "/events": {
      GET: ({ query }) => ({ body: feed.read(query.proxies ?? ""), contentType: "application/x-ndjson" }),
    },
  };
}

interface Change {
  remove: { proxy: string; name: string }[];
  add: { proxy: string }[];
}

function readChange(body: Buffer): Change {
  let json: Partial<Record<string, unknown>>;
  try {
    json = (JSON.parse(body.toString()) ?? {}) as typeof json;
  } catch {
    throw badRequestBody("not JSON");
  }
  const listOf = (key: string, members: string[]): never[] => {
    const list = json[key] ?? [];
    const fits = (item: unknown): boolean =>
      typeof item === "object" &&
      item !== null &&
      members.every((member) => typeof (item as Record<string, unknown>)[member] === "string");
    if (!Array.isArray(list) || !list.every(fits)) {
      throw badRequestBody(`${key} has to be a list of objects with ${members.join(" and ")}`);
    }
    return list as never[];
  };
  return { remove: listOf("remove", ["proxy", "name"]), add: listOf("add", ["proxy"]) };
}

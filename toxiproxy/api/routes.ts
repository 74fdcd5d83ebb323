/** Which call does what. The order of checks is Toxiproxy's, as it decides which of several mistakes is reported. */

import { messageOf } from "../../core/errors.ts";
import type { Proxies } from "../proxies.ts";
import type { Proxy } from "../proxy.ts";
import type { Toxic, ToxicType } from "../toxic.ts";
import { readAttributes, readProxies, readProxy, readProxyUpdate, readToxic, readToxicUpdate } from "./bodies.ts";
import { ApiError, toxicAlreadyExists, toxicNotFound } from "./errors.ts";
import { goJson, renderProxies, renderProxy, renderToxic } from "./render.ts";
import type { Answer, Call, Handler, Routes } from "./server.ts";

const version = "2.12.0";

export function routes(proxies: Proxies, types: ReadonlyMap<string, ToxicType>): Routes {
  const proxyOf = ({ params }: Call): Proxy => proxies.get(params.proxy);
  const toxicOf = (call: Call): { proxy: Proxy; toxic: Toxic } => {
    const proxy = proxyOf(call);
    const toxic = proxy.toxics.find(call.params.toxic);
    if (toxic === undefined) throw toxicNotFound();
    return { proxy, toxic };
  };

  const updateProxy: Handler = async (call) => {
    const proxy = proxyOf(call);
    await proxy.update(readProxyUpdate(call.body, proxy));
    return { body: goJson(renderProxy(proxy)) };
  };

  const updateToxic: Handler = async (call) => {
    const { proxy, toxic } = toxicOf(call);
    readToxicUpdate(call.body, toxic);
    proxy.toxics.update(toxic);
    await proxy.settled();
    return { body: goJson(renderToxic(toxic)) };
  };

  const populate = async ({ body }: Call): Promise<Answer> => {
    const created: Proxy[] = [];
    let failure: { error?: string; status?: number } = {};
    try {
      await proxies.populate(readProxies(body), (proxy) => created.push(proxy));
    } catch (error) {
      failure = { error: messageOf(error), status: error instanceof ApiError ? error.status : 500 };
    }
    const list = created.length === 0 ? null : created.map(renderProxy);
    return { status: failure.status ?? 201, body: goJson({ ...failure, proxies: list }) };
  };

  return {
    "/proxies": {
      GET: () => ({ body: renderProxies(proxies.all()) }),
      POST: async ({ body }) => ({ status: 201, body: goJson(renderProxy(await proxies.add(readProxy(body)))) }),
    },
    "/proxies/:proxy": {
      GET: (call) => ({ body: goJson(renderProxy(proxyOf(call))) }),
      POST: updateProxy,
      PATCH: updateProxy,
      DELETE: ({ params }) => {
        proxies.remove(params.proxy);
        return { status: 204 };
      },
    },
    "/proxies/:proxy/toxics": {
      GET: (call) => ({ body: goJson(proxyOf(call).toxics.all().map(renderToxic)) }),
      POST: async (call) => {
        const proxy = proxyOf(call);
        const { toxics } = proxy;
        const toxic = readToxic(call.body, types);
        if (toxics.find(toxic.name) !== undefined) throw toxicAlreadyExists();
        readAttributes(call.body, toxic);
        toxics.add(toxic);
        await proxy.settled();
        return { body: goJson(renderToxic(toxic)) };
      },
    },
    "/proxies/:proxy/toxics/:toxic": {
      GET: (call) => ({ body: goJson(renderToxic(toxicOf(call).toxic)) }),
      POST: updateToxic,
      PATCH: updateToxic,
      DELETE: async (call) => {
        const { proxy, toxic } = toxicOf(call);
        proxy.toxics.remove(toxic);
        await proxy.settled();
        return { status: 204 };
      },
    },
    "/populate": { POST: populate },
    "/reset": {
      POST: async () => {
        await proxies.reset();
        return { status: 204 };
      },
    },
    "/version": {
      GET: () => ({ body: `{"version": "${version}"}\n`, contentType: "application/json;charset=utf-8" }),
    },
  };
}

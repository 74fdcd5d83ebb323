/** A Toxiproxy whose API a client has found: our own engine without a secret, attached to by its URL. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { startEmbedded, type Embedded } from "../../toxiproxy/embedded.ts";
import { startReaper, type Reaper } from "../process/reaper.ts";
import { startEngine } from "./choose.ts";
import type { Engine } from "./engine.ts";
import { createProxy, type EndpointProxy } from "./proxies.ts";

const clock = incidentClock({ start: 0, compression: 1 });
let server: Embedded;
let engine: Engine;
let reaper: Reaper;
beforeAll(async () => {
  server = await startEmbedded();
  reaper = startReaper();
  engine = await startEngine(server.url, { seed: "1", reaper });
});
afterAll(async () => {
  await engine.stop();
  await reaper.close();
  await server.close();
});

let count = 0;
/** What was noticed of what a stranger does while toxics are on, or while the proxy is down. */
async function noticed(
  stranger: (proxyUrl: string) => Promise<unknown>,
  fault: "toxic" | "down" = "toxic",
): Promise<string[]> {
  count += 1;
  const name = `tampered-${count}`;
  const seen: string[] = [];
  const options = { name, upstreamPort: 9, clock, reaper, tampered: (what: string) => void seen.push(what) };
  const proxy: EndpointProxy = await createProxy(engine, options);
  const url = `${server.url}/proxies/${name}`;
  if (fault === "down") {
    await proxy.disable();
    await stranger(url);
    await proxy.enable();
  } else {
    const latency = { name: "slow", type: "latency", stream: "downstream", attributes: { latency: 700 } } as const;
    const installed = await proxy.addToxic(latency);
    await stranger(url);
    await installed.remove();
  }
  await proxy.remove();
  return seen;
}
const post = (url: string, body: object) => fetch(url, { method: "POST", body: JSON.stringify(body) });

test("nothing where nobody has touched it", async () => {
  expect(await noticed(() => Promise.resolve())).toEqual([]);
  expect(await noticed(() => Promise.resolve(), "down")).toEqual([]);
});

test("a toxic that was removed, one by one or by a reset", async () => {
  expect(await noticed((url) => fetch(`${url}/toxics/slow`, { method: "DELETE" }))).toEqual([
    "the toxic latency was removed",
  ]);
  expect(await noticed(() => post(`${server.url}/reset`, {}))).toEqual(["the toxic latency was removed"]);
});

test("a toxic that was made harmless", async () => {
  const changed = ["the toxic latency was changed"];
  expect(await noticed((url) => post(`${url}/toxics/slow`, { attributes: { latency: 0 } }))).toEqual(changed);
  expect(await noticed((url) => post(`${url}/toxics/slow`, { toxicity: 0 }))).toEqual(changed);
});

test("a proxy that was enabled while it was down", async () => {
  expect(await noticed((url) => post(url, { enabled: true }), "down")).toEqual(["the proxy was enabled"]);
});

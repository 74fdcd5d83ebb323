/**
 * The REST clients, in a process of their own so that their work is not measured: so many keep-alive connections that
 * each ask for the next ticker as soon as they have one. Its parent sends it what to do: `{ url, requests }`.
 */

import { Pool } from "undici";

const connections = 32;
const pools = new Map<string, Pool>();

process.on("message", ({ url, requests }: { url: string; requests: number }) => {
  void ask(new URL(url), requests).then(
    () => process.send?.("done"),
    (error: unknown) => process.send?.(String(error)),
  );
});

async function ask({ origin, pathname, search }: URL, requests: number): Promise<void> {
  const pool = pools.get(origin) ?? new Pool(origin, { connections, pipelining: 1 });
  pools.set(origin, pool);
  let left = requests;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { statusCode, body } = await pool.request({ path: pathname + search, method: "GET" });
      const text = await body.text();
      if (statusCode !== 200 || !text.includes('"retCode":0')) throw new Error(`${statusCode}: ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
}

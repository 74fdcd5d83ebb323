/** Toxiproxy's API without a client library in between, so that statuses and bodies are seen as they are. */

import type { Engine } from "./engines.ts";

export interface Reply {
  status: number;
  type: string | null;
  text: string;
}

export async function call(engine: Engine, method: string, path: string, body?: unknown): Promise<Reply> {
  const init: RequestInit = { method };
  if (body !== undefined) init.body = typeof body === "string" ? body : JSON.stringify(body);
  const reply = await fetch(engine.url + path, init);
  return { status: reply.status, type: reply.headers.get("content-type"), text: await reply.text() };
}

/** A call that must succeed. */
export async function ok<T>(engine: Engine, method: string, path: string, body?: unknown): Promise<T> {
  const { status, text } = await call(engine, method, path, body);
  if (status >= 300) throw new Error(`${method} ${path} was answered with ${status}: ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export interface ProxyBody {
  name: string;
  listen: string;
  upstream: string;
  enabled: boolean;
}

/**
 * Timeouts of sockets and of what stands on them, in a Node child under each provider: none fires before its incident
 * time, and none takes as long on the wall: at x300 that would be longer than a test may last.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { providers, timedChildren, type TimedChild } from "../../../test/support/timed-child.ts";

const compression = 300;
const child = timedChildren();
/** Undici looks at its own timers every half second; in their last tick a timeout may fire that much early. */
const undiciTickMs = 1_000;

describe.each(providers)("under $provider.name", ({ provider, present, mayBeEarlyMs }) => {
  let node: TimedChild;
  beforeAll(async () => {
    if (!present) return;
    node = await child(provider, { compression });
    // A server that accepts and never says a word, and one that answers and keeps the connection.
    await node.ask(`
      const silent = net.createServer((s) => s.on("error", () => {})).listen(0, "127.0.0.1");
      const halfway = net.createServer((s) => s.on("error", () => {}).write("HTTP/1.1 200 OK\\r\\ncontent-length: 9\\r\\n\\r\\nhalf")).listen(0, "127.0.0.1");
      const polite = require("http").createServer((_, reply) => reply.end("ok")).listen(0, "127.0.0.1");
      polite.keepAliveTimeout = 0;
      await Promise.all([silent, halfway, polite].map((server) => once(server, "listening")));
      globalThis.ports = { silent: silent.address().port, halfway: halfway.address().port, polite: polite.address().port };
      globalThis.http = require("http");
      await fetch("data:,the-dispatcher-is-made-by-the-first-use");
      globalThis.Agent = globalThis[Symbol.for("undici.globalDispatcher.1")].constructor;
      globalThis.failure = (asked) => asked.then(() => "none", (error) => error.cause?.code ?? error.name);`);
  });

  const waited = (askedMs: number, code: string) =>
    node.ask<{ waitedMs: number; outcome: string }>(`
      const ms = ${askedMs};
      let from = performance.now();
      ${code.includes("return ") ? `const outcome = await (async () => { ${code} })()` : `const outcome = await ${code}`};
      return { waitedMs: performance.now() - from, outcome };`);

  test.skipIf(!present).each([
    [
      "net.Socket's setTimeout",
      'const s = net.connect(ports.silent, "127.0.0.1"); await new Promise((d) => s.setTimeout(ms, d)); s.destroy(); return String(s.timeout)',
      "20000",
    ],
    [
      "net.connect's timeout",
      'const s = net.connect({ port: ports.silent, host: "127.0.0.1", timeout: ms }); await once(s, "timeout"); s.destroy(); return "timeout"',
      "timeout",
    ],
    [
      "http.request's timeout",
      'const q = http.get({ port: ports.silent, host: "127.0.0.1", timeout: ms }).on("error", () => {}); await once(q, "timeout"); q.destroy(); return "timeout"',
      "timeout",
    ],
    [
      "request.setTimeout",
      'const q = http.get({ port: ports.silent, host: "127.0.0.1" }).on("error", () => {}); await new Promise((d) => q.setTimeout(ms, d)); q.destroy(); return "timeout"',
      "timeout",
    ],
    [
      "http.Agent's timeout",
      'const q = http.get({ port: ports.silent, host: "127.0.0.1", agent: new http.Agent({ timeout: ms }) }).on("error", () => {}); await once(q, "timeout"); q.destroy(); return "timeout"',
      "timeout",
    ],
    [
      "the timeout of an idle connection that http.Agent keeps",
      'const agent = new http.Agent({ keepAlive: true, timeout: ms }); const q = http.get({ port: ports.polite, host: "127.0.0.1", agent }); const [reply] = await once(q, "response"); reply.resume(); await once(q.socket, "close"); return "closed"',
      "closed",
    ],
    [
      "fetch's AbortSignal.timeout",
      'failure(fetch("http://127.0.0.1:" + ports.silent, { signal: AbortSignal.timeout(ms) }))',
      "TimeoutError",
    ],
  ])("%s fires in incident time, never early", async (_what, code, outcome) => {
    const seen = await waited(20_000, code);
    expect(seen.outcome).toBe(outcome);
    expect(seen.waitedMs).toBeGreaterThanOrEqual(20_000 - mayBeEarlyMs * compression);
  });

  test.skipIf(!present).each([
    [
      "the time to connect, here of a TLS handshake",
      10_000,
      'fetch("https://127.0.0.1:" + ports.silent)',
      "UND_ERR_CONNECT_TIMEOUT",
    ],
    [
      "the time until headers",
      20_000,
      'fetch("http://127.0.0.1:" + ports.silent, { dispatcher: new Agent({ headersTimeout: ms }) })',
      "UND_ERR_HEADERS_TIMEOUT",
    ],
    [
      "the time between pieces of a body",
      20_000,
      'fetch("http://127.0.0.1:" + ports.halfway, { dispatcher: new Agent({ bodyTimeout: ms }) }).then((reply) => reply.text())',
      "UND_ERR_BODY_TIMEOUT",
    ],
  ])("fetch bounds %s in incident time", async (_what, askedMs, asked, outcome) => {
    const seen = await waited(askedMs, `failure(${asked})`);
    expect(seen.outcome).toBe(outcome);
    expect(seen.waitedMs).toBeGreaterThanOrEqual(askedMs - undiciTickMs - mayBeEarlyMs * compression);
  });
});

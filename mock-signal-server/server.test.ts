import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { incidentClock } from "../core/clock.ts";
import type { EventType, JournalEvent } from "../core/journal/event.ts";
import { Journal } from "../core/journal/journal.ts";
import { random } from "../core/random.ts";
import { hours, minutes } from "../core/units.ts";
import type { SignalRule } from "./faults.ts";
import { startSignalServer, type SignalServerOptions } from "./server.ts";
import { signalsOfWave, type Signal } from "./signal.ts";

const token = "right-token";
const symbols = "BTC ETH SOL XRP DOGE ADA AVAX LINK DOT LTC".split(" ").map((coin) => `${coin}USDT`);
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function feed(options: Partial<SignalServerOptions> & { start?: string; compression?: number } = {}) {
  const { start = "2025-10-21T22:52:56Z", compression = 600, ...more } = options;
  const clock = incidentClock({ start, compression });
  const journal = new Journal(clock);
  const server = await startSignalServer({ clock, journal, random: random("test"), symbols, token, ...more });
  closers.push(() => server.close());
  return {
    clock,
    server,
    journal,
    all: <T extends EventType>(type: T) => journal.view().all(type),
    /** Resolves with the next event that fits, or one that is there already. */
    seen: <T extends EventType>(type: T, fits: (event: JournalEvent<T>) => boolean = () => true) =>
      new Promise<JournalEvent<T>>((resolve) => {
        const there = journal.view().first(type, fits);
        if (there !== undefined) {
          resolve(there);
          return;
        }
        const stop = journal.subscribe((event) => {
          const wanted = event as unknown as JournalEvent<T>;
          if (event.type !== type || !fits(wanted)) return;
          stop();
          resolve(wanted);
        });
      }),
    arm: (match: SignalRule["match"], action: SignalRule["action"], rest: Partial<SignalRule> = {}) =>
      server.rules.arm({ match, action, ttlMs: hours(24), ...rest }),
  };
}

type Frame = { type: string; reason?: string; data?: unknown };

/** A client on a real socket that keeps every frame it is sent. */
async function dial(url: string) {
  const socket = new WebSocket(url);
  closers.push(() => socket.terminate());
  const frames: Frame[] = [];
  const waiting: (() => void)[] = [];
  socket.on("message", (data: Buffer) => {
    frames.push(JSON.parse(data.toString("utf8")) as Frame);
    waiting.splice(0).forEach((wake) => wake());
  });
  const closed = once(socket, "close").then(([code, reason]) => ({
    code: code as number,
    reason: (reason as Buffer).toString("utf8"),
  }));
  await once(socket, "open");
  let read = 0;
  const next = async (): Promise<Frame> => {
    while (frames.length <= read) await new Promise<void>((resolve) => waiting.push(resolve));
    read += 1;
    const frame = frames[read - 1];
    if (frame === undefined) throw new Error("woken without a frame");
    return frame;
  };
  return {
    socket,
    closed,
    frames,
    next,
    send: (frame: object | string) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    /** The next frame of a type; pushes may come in between. */
    async until(type: string): Promise<Frame> {
      for (;;) {
        const frame = await next();
        if (frame.type === type) return frame;
      }
    },
  };
}

async function signedIn(url: string) {
  const client = await dial(url);
  client.send({ type: "auth", token });
  expect(await client.next()).toEqual({ type: "auth_success" });
  const batch = await client.next();
  return { ...client, batch: batch.data as Signal[] };
}

describe("auth", () => {
  test("the right token is welcomed and given the newest 291 signals", async () => {
    const { server, all, seen } = await feed();
    const { batch } = await signedIn(server.url);
    expect(batch).toHaveLength(291);
    const fed = await seen("connection.fed");
    expect(fed).toMatchObject({ endpoint: "signal", connection: "signal-1", what: "initial-batch" });
    expect(all("connection.authenticated")).toMatchObject([{ connection: "signal-1" }]);
    expect(all("signal.sent")[0]).toMatchObject({ what: "initial-batch", signals: 291 });
  });

  test("the initial batch has the size the scenario fixed", async () => {
    const { server } = await feed({ bufferSize: 12 });
    expect((await signedIn(server.url)).batch).toHaveLength(12);
  });

  test("a wrong token is refused and closed with 4001", async () => {
    const { server, all, seen } = await feed();
    const client = await dial(server.url);
    client.send({ type: "auth", token: "wrong" });
    expect(await client.next()).toEqual({ type: "auth_failed", reason: "invalid token" });
    expect(await client.closed).toEqual({ code: 4001, reason: "invalid token" });
    expect(await seen("connection.closed")).toMatchObject({ by: "server", code: 4001 });
    expect(all("connection.auth-refused")).toMatchObject([{ reason: "invalid token" }]);
    expect(all("connection.authenticated")).toEqual([]);
  });

  test.each(["get_signals", "get_stats", "ping"])("%s before auth gets an error and no data", async (type) => {
    const { server } = await feed();
    const client = await dial(server.url);
    client.send({ type });
    expect(await client.next()).toEqual({ type: "error", reason: "not authenticated" });
  });
});

describe("requests", () => {
  test("get_signals gives the buffer as it is now", async () => {
    const { server, clock } = await feed();
    const client = await signedIn(server.url);
    await clock.sleep(minutes(20));
    client.send({ type: "get_signals" });
    let last: Signal[] = [];
    while (last.length !== 291) last = (await client.until("signals")).data as Signal[];
    expect(last.at(-1)?.id).not.toBe(client.batch.at(-1)?.id);
    expect(last[0]?.id).not.toBe(client.batch[0]?.id);
  });

  test("get_stats reports what the server holds", async () => {
    const { server } = await feed();
    const client = await signedIn(server.url);
    client.send({ type: "get_stats" });
    const { data } = await client.until("stats");
    expect(data).toMatchObject({ signals: 291, connections: 1 });
    expect((data as { lastWave: string }).lastWave).toMatch(/^2025-10-2\dT\d\d:(00|15|30|45):00.000Z$/);
  });

  test("ping gets a pong", async () => {
    const { server, all } = await feed();
    const client = await signedIn(server.url);
    client.send({ type: "ping" });
    expect(await client.until("pong")).toEqual({ type: "pong" });
    expect(all("signal.request")).toMatchObject([{ connection: "signal-1", request: "ping", answered: true }]);
  });

  test.each([
    ["no JSON", "{", "not JSON"],
    ["JSON that is no object", "[1]", "unknown type: allowed are auth, get_signals, get_stats, ping"],
    ["an unknown type", '{"type":"sell"}', "unknown type: allowed are auth, get_signals, get_stats, ping"],
    ["auth without a token", '{"type":"auth"}', "unknown type: allowed are auth, get_signals, get_stats, ping"],
  ])("%s gets an error, and the connection stays", async (_what, text, reason) => {
    const { server } = await feed();
    const client = await signedIn(server.url);
    client.send(text);
    expect(await client.until("error")).toEqual({ type: "error", reason });
    client.send({ type: "ping" });
    expect(await client.until("pong")).toEqual({ type: "pong" });
  });

  test("a frame that breaks the protocol ends that connection and no other", async () => {
    const { server } = await feed();
    const [bad, good] = [await signedIn(server.url), await signedIn(server.url)];
    const raw = (bad.socket as unknown as { _socket: { write: (bytes: Buffer) => void } })._socket;
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    await bad.closed;
    good.send({ type: "ping" });
    expect(await good.until("pong")).toEqual({ type: "pong" });
  });
});

describe("pushes", () => {
  test("every signal that appears is pushed to who has signed in, and only to them", async () => {
    const { server, all, seen, clock } = await feed({ start: "2025-10-21T22:59:30Z" });
    const [stranger, client] = [await dial(server.url), await signedIn(server.url)];
    const signedInAt = clock.elapsed();
    const { signal } = await seen("signal.appeared", ({ at }) => at > signedInAt);
    const fresh = async (): Promise<Signal[]> => (await client.until("signals")).data as Signal[];
    let pushed = await fresh();
    while (pushed[0]?.id !== signal.id) pushed = await fresh();
    expect(pushed).toEqual([signal]);
    expect(all("signal.sent").filter(({ what }) => what === "push").length).toBeGreaterThan(0);
    expect(stranger.frames).toEqual([]);
  });

  test("every signal of every wave appears once, and not before its time", async () => {
    const { seen, all, clock } = await feed({ start: "2025-10-21T22:14:00Z", compression: 6_000 });
    for (const wave of ["22:00", "22:15", "22:30"]) {
      const appearances = signalsOfWave(Date.parse(`2025-10-21T${wave}:00Z`), { random: random("test"), symbols });
      for (const { atMs, signal } of appearances) {
        const { at } = await seen("signal.appeared", (event) => event.signal.id === signal.id);
        expect(clock.startMs + at).toBeGreaterThanOrEqual(atMs);
      }
    }
    const ids = all("signal.appeared").map(({ signal }) => signal.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("faults", () => {
  test.each([1000, 1001, 1005, 1006, 1008, 1011, 1012, 3000, 4001, 4999])(
    "closes with %i on the n-th request, and keeps serving until then",
    async (code) => {
      const { server, arm, seen, all } = await feed();
      arm({ on: "request" }, { do: "close", code }, { skip: 2, times: 1 });
      const client = await signedIn(server.url);
      for (const type of ["ping", "get_stats"]) {
        client.send({ type });
        await client.until(type === "ping" ? "pong" : "stats");
      }
      client.send({ type: "get_signals" });
      expect((await client.closed).code).toBe(code);
      expect(await seen("connection.closed")).toMatchObject({ by: "server", code });
      expect(all("rule.hit")).toMatchObject([{ connection: "signal-1", subject: "get_signals", nth: 1 }]);
      expect(all("signal.request").at(-1)).toMatchObject({ request: "get_signals", answered: false });
      const again = await signedIn(server.url);
      again.send({ type: "ping" });
      await again.until("pong");
    },
  );

  test("closes with a reason", async () => {
    const { server, arm } = await feed();
    arm({ on: "ping" }, { do: "close", code: 1012, reason: "service restart" });
    const client = await signedIn(server.url);
    client.send({ type: "ping" });
    expect(await client.closed).toEqual({ code: 1012, reason: "service restart" });
  });

  test("a request that was sent after the one it closed on meets nothing: no second hit, no reply", async () => {
    const { server, arm, all, seen } = await feed();
    arm({ on: "request" }, { do: "close", code: 1000 }, { times: 1 });
    const client = await signedIn(server.url);
    client.send({ type: "ping" });
    client.send({ type: "get_signals" });
    client.send({ type: "auth", token });
    await client.closed;
    await seen("connection.closed");
    expect(all("signal.request")).toMatchObject([{ request: "ping", answered: false }]);
    expect(all("signal.sent").map(({ what }) => what)).not.toContain("reply");
    expect(all("connection.authenticated")).toHaveLength(1);
  });

  test("ignores one kind of request and answers the others", async () => {
    const { server, arm, all } = await feed();
    arm({ on: "get_signals" }, { do: "ignore" });
    const client = await signedIn(server.url);
    client.send({ type: "get_signals" });
    client.send({ type: "ping" });
    expect(await client.until("pong")).toEqual({ type: "pong" });
    expect(client.frames.filter(({ data }) => Array.isArray(data) && data.length === 291)).toHaveLength(1);
    expect(all("signal.request")).toMatchObject([
      { request: "get_signals", answered: false },
      { request: "ping", answered: true },
    ]);
  });

  test("ignores auth", async () => {
    const { server, arm } = await feed();
    arm({ on: "auth" }, { do: "ignore" });
    const client = await dial(server.url);
    client.send({ type: "auth", token });
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "error", reason: "not authenticated" });
  });

  test("refuses auth, as often as asked", async () => {
    const { server, arm, seen } = await feed();
    arm({ on: "auth" }, { do: "refuse-auth", reason: "try later" }, { times: 1 });
    const client = await dial(server.url);
    client.send({ type: "auth", token });
    expect(await client.next()).toEqual({ type: "auth_failed", reason: "try later" });
    expect(await client.closed).toEqual({ code: 4001, reason: "try later" });
    expect(await seen("connection.auth-refused")).toMatchObject({ reason: "try later" });
    await signedIn(server.url);
  });

  test("lets a session expire on a request", async () => {
    const { server, arm, all } = await feed();
    arm({ on: "get_signals" }, { do: "refuse-auth", reason: "session expired" });
    const client = await signedIn(server.url);
    client.send({ type: "get_signals" });
    expect(await client.until("auth_failed")).toEqual({ type: "auth_failed", reason: "session expired" });
    expect((await client.closed).code).toBe(4001);
    expect(all("signal.request")).toMatchObject([{ answered: false }]);
  });

  test("closes a connection that asks nothing for a while, and not before", async () => {
    const { server, arm, seen } = await feed();
    arm({ on: "idle", idleMs: minutes(2) }, { do: "close", code: 1001 });
    const client = await signedIn(server.url);
    expect((await client.closed).code).toBe(1001);
    const opened = await seen("connection.opened");
    const hit = await seen("rule.hit");
    expect(hit.at - opened.at).toBeGreaterThanOrEqual(minutes(2));
    expect(hit.subject).toBe("idle");
    await seen("connection.closed");
    expect(hit.nth).toBe(1);
  });

  test("a reason longer than a close frame holds is cut, not a crash", async () => {
    const { server, arm } = await feed();
    arm({ on: "ping" }, { do: "close", code: 1011, reason: "é".repeat(100) });
    const client = await signedIn(server.url);
    client.send({ type: "ping" });
    expect(await client.closed).toEqual({ code: 1011, reason: "é".repeat(61) });
  });
});

describe("signals that come wrong", () => {
  test("late: not in the buffer, and not pushed, before so long after the check of their wave", async () => {
    const { server, arm, all, seen } = await feed({ start: "2025-10-21T22:59:00Z", compression: 3_600 });
    arm({ on: "signal" }, { do: "hold", afterCheckMs: minutes(3) });
    const client = await signedIn(server.url);
    client.send({ type: "get_signals" });
    const { data } = await client.until("signals");
    expect((data as Signal[]).some(({ timestamp }) => timestamp === "2025-10-21T22:45:00.000Z")).toBe(false);
    const { signal, at } = await seen(
      "signal.appeared",
      (event) => event.signal.timestamp === "2025-10-21T22:45:00.000Z",
    );
    expect(at).toBeGreaterThanOrEqual(minutes(9));
    expect(((await client.until("signals")).data as Signal[])[0]).toEqual(signal);
    expect(all("rule.hit").length).toBeGreaterThanOrEqual(5);
  });

  test("twice in a frame, and newest first", async () => {
    const { server, arm } = await feed({ bufferSize: 12 });
    const client = await signedIn(server.url);
    const { batch } = client;
    const twice = arm({ on: "batch" }, { do: "repeat" });
    client.send({ type: "get_signals" });
    expect((await client.until("signals")).data).toEqual(batch.flatMap((signal) => [signal, signal]));
    twice.disarm();
    arm({ on: "batch" }, { do: "reverse" });
    client.send({ type: "get_signals" });
    expect((await client.until("signals")).data).toEqual(batch.toReversed());
  });
});

test("a session that has expired is refused, or not answered until it is authenticated again", async () => {
  const { server, arm, clock } = await feed({ compression: 3_600 });
  const ignored = arm({ on: "expired-request", afterMs: minutes(10) }, { do: "ignore" });
  const client = await signedIn(server.url);
  await clock.sleep(minutes(11));
  client.send({ type: "get_stats" });
  client.send({ type: "auth", token });
  expect(await client.until("auth_success")).toBeDefined();
  client.send({ type: "ping" });
  await client.until("pong");
  expect(client.frames.some(({ type }) => type === "stats")).toBe(false);
  ignored.disarm();
  arm({ on: "expired", afterMs: minutes(10) }, { do: "refuse-auth", reason: "session expired" });
  expect(await client.closed).toMatchObject({ code: 4001 });
});

test("pings are no activity for a server that counts requests for signals only", async () => {
  const { server, arm, clock } = await feed({ compression: 600 });
  arm({ on: "idle", idleMs: minutes(2), asking: "get_signals" }, { do: "close", code: 1000 });
  const client = await signedIn(server.url);
  const pinging = clock.every(minutes(1) / 2, () => client.send({ type: "ping" }));
  expect(await client.closed).toMatchObject({ code: 1000 });
  pinging.cancel();
});

describe("going down", () => {
  const refused = async (url: string): Promise<unknown> => {
    const socket = new WebSocket(url);
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
    return error.code;
  };

  test("cuts clients off without a close frame, refuses dials, and comes back on the same port", async () => {
    const { server, seen, all } = await feed();
    const client = await signedIn(server.url);
    await server.down(hours(24));
    expect((await client.closed).code).toBe(1006);
    expect(await seen("connection.closed")).toMatchObject({ by: "server", code: 1006, how: "fin" });
    expect(await refused(server.url)).toBe("ECONNREFUSED");
    await server.up();
    await signedIn(server.url);
    expect(all("signal.listening").map(({ state }) => state)).toEqual(["down", "up"]);
  });

  test("comes back by itself after its time to live", async () => {
    const { server, seen } = await feed();
    await server.down(minutes(1));
    const down = await seen("signal.listening", ({ state }) => state === "down");
    const up = await seen("signal.listening", ({ state }) => state === "up");
    expect(up.at - down.at).toBeGreaterThanOrEqual(minutes(1));
    await signedIn(server.url);
  });

  test("being asked to come up twice is no harm", async () => {
    const { server, all } = await feed();
    await server.down(hours(1));
    await server.up();
    await server.up();
    expect(all("signal.listening").map(({ state }) => state)).toEqual(["down", "up"]);
  });

  test("does not wait for a dial that never finishes its upgrade", async () => {
    const { server } = await feed();
    const half = connect(server.port, "127.0.0.1");
    closers.push(() => half.destroy());
    half.on("error", () => undefined);
    await once(half, "connect");
    half.write("GET / HTTP/1.1\r\nHost: x\r\n");
    await signedIn(server.url);
    const gone = once(half, "close");
    await server.down(hours(24));
    await gone;
  });
});

test("a client that leaves is written down as the client's doing, with its code", async () => {
  const { server, seen } = await feed();
  const client = await signedIn(server.url);
  client.socket.close(1000, "good night");
  expect(await seen("connection.closed")).toMatchObject({
    by: "client",
    code: 1000,
    reason: "good night",
    how: "close-frame",
  });
});

test("a client that vanishes is written down as the network's doing", async () => {
  const { server, seen } = await feed();
  const client = await signedIn(server.url);
  client.socket.terminate();
  expect(await seen("connection.closed")).toMatchObject({ by: "network", code: 1006, how: "fin" });
});

test("a connection that is reset is distinguished from one that just ends", async () => {
  const { server, seen } = await feed();
  const raw = connect({ port: server.port, host: "127.0.0.1" });
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13";
  raw.write(`GET / HTTP/1.1\r\nHost: signal\r\n${upgrade}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`);
  await once(raw, "data");
  raw.resetAndDestroy();
  expect(await seen("connection.closed")).toMatchObject({ by: "network", code: 1006, how: "reset" });
});

test("a port in use is an error that says what to do", async () => {
  const { server } = await feed();
  await expect(feed({ port: server.port })).rejects.toThrow(/cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE.* --port/);
});

test("closing leaves no port and no armed rule", async () => {
  const { server, arm } = await feed();
  arm({ on: "ping" }, { do: "ignore" });
  await server.close();
  expect(server.rules.armed).toEqual([]);
  const probe = connect(server.port, "127.0.0.1");
  const [error] = (await once(probe, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ECONNREFUSED");
});

test.each<[unknown, string]>([
  [{ match: { on: "pings" }, action: { do: "ignore" }, ttlMs: 1 }, 'Unknown match.on "pings". Did you mean "ping"?'],
  [{ match: { on: "ping" }, action: { do: "ignroe" }, ttlMs: 1 }, 'Unknown action "ignroe". Did you mean "ignore"?'],
  [
    { match: { on: "ping" }, action: { do: "close", code: 1000, resaon: "x" }, ttlMs: 1 },
    'action has no "resaon". Did you mean "reason"? Allowed: code, reason, leavesTcp.',
  ],
  [{ match: { on: "ping" }, action: { do: "close", code: 999 }, ttlMs: 1 }, "action.code is 999: allowed are 1000 to"],
  [{ match: { on: "idle" }, action: { do: "ignore" }, ttlMs: 1 }, "match.idleMs is missing: "],
  [{ match: { on: "ping" }, action: { do: "repeat" }, ttlMs: 1 }, '"repeat" cannot act on "ping".'],
  [{ match: { on: "batch" }, action: { do: "ignore" }, ttlMs: 1 }, '"ignore" cannot act on "batch".'],
  [{ match: { on: "ping", idleMs: 1 }, action: { do: "ignore" }, ttlMs: 1 }, 'match has no "idleMs". Allowed: on.'],
])("%j cannot be armed", async (rule, message) => {
  const { server } = await feed();
  expect(() => server.rules.arm(rule as SignalRule)).toThrow(
    `A fault of the signal server cannot be armed: ${message}`,
  );
  expect(server.rules.empty).toBe(true);
});

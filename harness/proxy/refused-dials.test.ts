/** Every dial that the kernel refuses is seen, once, with the client's port; connections that end are not. */

import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { available } from "../../test/support/requirements.ts";
import { startReaper } from "../process/reaper.ts";
import { freePort } from "./free-port.ts";
import { watchRefusedDials } from "./refused-dials.ts";

afterEach(() => vi.unstubAllEnvs());

async function watched(ports: ReadonlyMap<number, string>) {
  const journal = new Journal(incidentClock({ start: 0, compression: 1 }));
  const reaper = startReaper();
  const dials = await watchRefusedDials({ ports, journal, reaper });
  return {
    dials,
    journal,
    refused: () => journal.view().all("proxy.dial-refused"),
    async [Symbol.asyncDispose]() {
      await dials.close();
      await reaper.close();
    },
  };
}

async function dial(port: number): Promise<{ error: string | undefined }> {
  const socket = connect({ port, host: "127.0.0.1" });
  let error: string | undefined;
  socket.on("error", ({ code }: NodeJS.ErrnoException) => (error = code));
  await once(socket, "close").catch(() => undefined);
  return { error };
}

const seesThem = available("ss");

test.skipIf(!seesThem)("a refused dial is seen once, with its endpoint", async () => {
  const port = await freePort("127.0.0.1");
  await using watch = await watched(new Map([[port, "signal"]]));
  expect(watch.dials.missing).toBeUndefined();
  for (let i = 0; i < 20; i += 1) expect((await dial(port)).error).toBe("ECONNREFUSED");
  await expect.poll(() => watch.refused().map(({ endpoint }) => endpoint)).toEqual(Array(20).fill("signal"));
});

test.skipIf(!seesThem)("a connection that was made is none, however it ended", async () => {
  let ways = 0;
  const server = createServer((socket) => {
    ways += 1;
    socket.on("error", () => undefined);
    if (ways === 1) socket.resetAndDestroy();
    else if (ways === 2) socket.end("x");
    else socket.once("data", () => socket.resetAndDestroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const closed = await freePort("127.0.0.1");
  await using watch = await watched(
    new Map([
      [port, "signal"],
      [closed, "exchange-rest"],
    ]),
  );
  expect((await dial(port)).error).toBe("ECONNRESET");
  const socket = connect({ port, host: "127.0.0.1" });
  socket.resume();
  await once(socket, "close");
  const talking = connect({ port, host: "127.0.0.1" }).on("error", () => undefined);
  talking.write("1");
  await once(talking, "close").catch(() => undefined);
  server.close();
  // What comes after them in the kernel's order is the sign that they have been reported.
  await dial(closed);
  await expect.poll(() => watch.refused().map(({ endpoint }) => endpoint)).toEqual(["exchange-rest"]);
});

test("a machine that does not show them says so, and what to do", async () => {
  vi.stubEnv("PATH", "/nowhere");
  await using watch = await watched(new Map([[1, "signal"]]));
  expect(watch.dials.missing).toBe(
    'Cannot start the watch for refused dials: there is no program "stdbuf" on the PATH. Check its command. It is in Debian\'s iproute2.',
  );
});

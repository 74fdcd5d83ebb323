/** The container where there is a Docker daemon and Testcontainers; and what is reported where there is not. */

import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { startReaper } from "../../process/reaper.ts";
import docker from "./docker.ts";

afterEach(() => vi.unstubAllEnvs());

const state = await docker.availability();
if (!state.available) console.log(`skipped: the test that needs --proxy docker; ${state.why}.`);

test.skipIf(!state.available)(
  "a container answers as Toxiproxy and is gone after it",
  async () => {
    const reaper = startReaper();
    const engine = await docker.start();
    expect(await (await fetch(`${engine.url}/version`)).json()).toMatchObject({ version: "2.12.0" });
    await engine.stop();
    await expect(fetch(`${engine.url}/version`)).rejects.toThrow();
    await reaper.close();
  },
  120_000,
);

test("says which daemon did not answer, and what to do", async () => {
  for (const where of ["unix:///nowhere/docker.sock", "tcp://127.0.0.1:1"]) {
    vi.stubEnv("DOCKER_HOST", where);
    const why = `no Docker daemon answers at ${where}`;
    expect(await docker.availability()).toMatchObject({ available: false, why });
    await expect(docker.start()).rejects.toThrow(`Cannot use --proxy docker: ${why}. Start Docker, and install`);
  }
});

test("a daemon that answers is not taken for none", async () => {
  const daemon = createServer((request, reply) => reply.writeHead(request.url === "/_ping" ? 200 : 404).end());
  await once(daemon.listen(0, "127.0.0.1"), "listening");
  vi.stubEnv("DOCKER_HOST", `tcp://127.0.0.1:${(daemon.address() as AddressInfo).port}`);
  const answer = await docker.availability();
  expect(JSON.stringify(answer)).not.toContain("no Docker daemon");
  daemon.close();
});

/**
 * A real Toxiproxy in a container, started for one run by Testcontainers, which also removes it if Firedrill is killed.
 * The package is not installed along with Firedrill, as it is larger than all the rest and few need it. The container
 * shares this machine's network, because the mocks listen on the loopback only; Docker Desktop has to allow that.
 */

import { existsSync } from "node:fs";
import { request } from "node:http";
import { FiredrillError, messageOf } from "../../../core/errors.ts";
import type { EngineKind } from "../engine.ts";
import { freePort } from "../free-port.ts";

const image = "ghcr.io/shopify/toxiproxy:2.12.0";
const host = "127.0.0.1";
const startMs = 60_000;

/** As much of Testcontainers as is used here. */
interface Testcontainers {
  GenericContainer: new (image: string) => Container;
  Wait: { forLogMessage(message: RegExp): unknown };
}
interface Container {
  withNetworkMode(mode: string): this;
  withCommand(command: string[]): this;
  withWaitStrategy(strategy: unknown): this;
  withStartupTimeout(ms: number): this;
  start(): Promise<{ stop(): Promise<unknown> }>;
}

export default {
  name: "docker",
  async availability() {
    const where = process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock";
    const fix = "Start Docker, and install Testcontainers beside Firedrill: npm install --save-dev testcontainers";
    if (!(await answers(where))) return { available: false, why: `no Docker daemon answers at ${where}`, fix };
    const library = await load();
    return library === undefined
      ? { available: false, why: "the package testcontainers is not installed", fix }
      : { available: true, detail: `${image} by Testcontainers` };
  },
  async start() {
    const state = await this.availability();
    if (!state.available) throw new FiredrillError(`Cannot use --proxy docker: ${state.why}. ${state.fix}.`);
    const library = await load();
    if (library === undefined) throw new Error("testcontainers was there a moment ago");
    const { GenericContainer, Wait } = library;
    const port = await freePort(host);
    try {
      const container = await new GenericContainer(image)
        .withNetworkMode("host")
        .withCommand(["-host", host, "-port", String(port)])
        .withWaitStrategy(Wait.forLogMessage(/Starting Toxiproxy HTTP server/))
        .withStartupTimeout(startMs)
        .start();
      return {
        name: "docker",
        url: `http://${host}:${port}`,
        external: false,
        extended: false,
        async stop() {
          await container.stop();
        },
      };
    } catch (error) {
      throw new FiredrillError(
        `Cannot use --proxy docker: ${image} did not start: ${messageOf(error)}. Pull it by hand to see why, or use --proxy embedded.`,
        { cause: error },
      );
    }
  },
} satisfies EngineKind;

function load(): Promise<Testcontainers | undefined> {
  // A name the compiler does not follow: it may not be there.
  const name = ["testcontainers"].join();
  return import(name).then(
    (module) => module as Testcontainers,
    () => undefined,
  );
}

/** Asks the daemon for a sign of life, at a Unix socket or over TCP. */
function answers(where: string): Promise<boolean> {
  const { protocol, hostname, port, pathname } = new URL(where);
  if (protocol === "unix:" && !existsSync(pathname)) return Promise.resolve(false);
  const target = protocol === "unix:" ? { socketPath: pathname } : { host: hostname, port };
  return new Promise((resolve) => {
    const ping = request({ ...target, path: "/_ping", timeout: 2_000 }, (reply) => {
      reply.resume();
      resolve(reply.statusCode === 200);
    });
    ping.on("error", () => resolve(false));
    ping.on("timeout", () => ping.destroy());
    ping.end();
  });
}

/** A real `toxiproxy-server` from the PATH, started for one run and stopped after it. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { wallClock } from "../../../core/clock.ts";
import { FiredrillError } from "../../../core/errors.ts";
import { startGated, type GatedProcess } from "../../process/gate.ts";
import type { EngineKind } from "../engine.ts";
import { freePort } from "../free-port.ts";

const program = "toxiproxy-server";
const host = "127.0.0.1";
const startMs = 5_000;
const pollMs = 10;

export default {
  name: "binary",
  availability() {
    const folder = (process.env.PATH ?? "").split(delimiter).find((dir) => existsSync(join(dir, program)));
    return Promise.resolve(
      folder === undefined
        ? {
            available: false,
            why: `there is no ${program} on the PATH`,
            fix: "Install Toxiproxy 2.12 (github.com/Shopify/toxiproxy) and name its server toxiproxy-server",
          }
        : { available: true, detail: join(folder, program) },
    );
  },
  async start({ reaper }) {
    const state = await this.availability();
    if (!state.available) throw new FiredrillError(`Cannot use --proxy binary: ${state.why}. ${state.fix}.`);
    const port = await freePort(host);
    const server = await startGated(
      {
        owner: "the proxy engine",
        argv: [program, "-host", host, "-port", String(port)],
        env: { PATH: process.env.PATH ?? "", LOG_LEVEL: "error" },
        precedence: true,
      },
      reaper,
    );
    server.stdout.resume();
    server.stderr.resume();
    const url = `http://${host}:${port}`;
    await answering(url, server);
    return {
      name: "binary",
      url,
      external: false,
      extended: false,
      threads: { pid: server.pid },
      async stop() {
        server.kill("SIGTERM");
        await server.exited;
      },
    };
  },
} satisfies EngineKind;

async function answering(url: string, server: GatedProcess): Promise<void> {
  const deadline = wallClock.elapsed() + startMs;
  const state = { ended: false };
  void server.exited.then(() => (state.ended = true));
  for (;;) {
    const answered = await fetch(`${url}/version`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    if (state.ended || wallClock.elapsed() > deadline) {
      server.kill("SIGKILL");
      throw new FiredrillError(
        `${program} ${state.ended ? "ended at once" : `did not answer within ${startMs} ms`} at ${url}. Start it by hand to see why, or use --proxy embedded.`,
      );
    }
    await wallClock.sleep(pollMs);
  }
}

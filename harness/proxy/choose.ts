/** Which engine a run uses: `auto`, the name of a kind in `engines/`, or the URL of a running Toxiproxy. */

import { FiredrillError, messageOf, unknownName } from "../../core/errors.ts";
import { loadFolder } from "../../core/load-folder.ts";
import type { Engine, EngineContext, EngineKind } from "./engine.ts";

export async function engineKinds(): Promise<EngineKind[]> {
  return (await loadFolder<EngineKind>(new URL("./engines/", import.meta.url))).map(({ value }) => value);
}

/** Whether this choice is the engine of ours. */
export const isOurs = (choice: string): boolean => choice === "auto" || choice === "embedded";

/** @param choice `auto` is the embedded engine: it needs nothing and is the same everywhere. */
export async function startEngine(choice: string, context: EngineContext): Promise<Engine> {
  if (/^https?:\/\//.test(choice)) return attach(choice.replace(/\/$/, ""));
  const kinds = await engineKinds();
  const wanted = isOurs(choice) ? "embedded" : choice;
  const kind = kinds.find(({ name }) => name === wanted);
  if (kind === undefined) {
    throw new FiredrillError(
      `${unknownName("proxy engine", choice, ["auto", ...kinds.map(({ name }) => name)])} Or give the URL of a Toxiproxy.`,
    );
  }
  return kind.start(context);
}

async function attach(url: string): Promise<Engine> {
  try {
    const reply = await fetch(`${url}/version`, { signal: AbortSignal.timeout(5_000) });
    if (!reply.ok) throw new Error(`it answered ${reply.status}`);
  } catch (error) {
    throw new FiredrillError(
      `Cannot use the Toxiproxy at ${url}: ${messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error)}. Start it there, or use --proxy embedded.`,
      { cause: error },
    );
  }
  const extended = (await fetch(`${url}/toxics`)).ok;
  return { name: url, url, external: true, extended, stop: () => Promise.resolve() };
}

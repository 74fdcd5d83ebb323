/**
 * Which time provider a run uses. `auto` prefers libfaketime, which covers every program, and takes the preload for
 * Node clients where it is missing. Compression 1 still shifts the date, so it needs a provider too; `real` is only
 * for whoever asks for it.
 */

import type { Clock } from "../../../core/clock.ts";
import { FiredrillError } from "../../../core/errors.ts";
import { faketime } from "./faketime.ts";
import { preload } from "./preload.ts";
import type { TimeProvider } from "./provider.ts";
import { real } from "./real.ts";

export const timeProviders: readonly TimeProvider[] = [faketime, preload, real];
export const timeChoices = ["auto", ...timeProviders.map(({ name }) => name)] as const;
export type TimeChoice = "auto" | TimeProvider["name"];

/** @throws FiredrillError where the wanted provider is missing or cannot drive this client. */
export async function chooseTimeProvider(
  choice: TimeChoice,
  client: string,
  argv: readonly string[],
  /** A clock whose date the scenario moves while the client runs: `auto` then looks for who can do that. */
  stepped?: Clock,
): Promise<TimeProvider> {
  if (choice !== "auto") {
    const wanted = timeProviders.find(({ name }) => name === choice) ?? real;
    const state = await wanted.availability();
    if (!state.available) throw new FiredrillError(`Cannot use --time ${choice}: ${state.why}. ${state.fix}.`);
    if (!wanted.canDrive(argv)) throw new FiredrillError(cannotDrive(choice, client, argv));
    return wanted;
  }
  const faketimeFits = stepped === undefined || faketime.cannotStep(stepped) === undefined || !preload.canDrive(argv);
  if (faketimeFits && (await faketime.availability()).available) return faketime;
  if (preload.canDrive(argv)) return preload;
  throw new FiredrillError(
    `Cannot put the client ${client} on the incident clock: its command starts "${argv[0] ?? ""}", not node, and libfaketime is not installed. Install it: apt-get install faketime.`,
  );
}

const cannotDrive = (choice: string, client: string, argv: readonly string[]): string =>
  `Cannot use --time ${choice} for the client ${client}: its command starts "${argv[0] ?? ""}", and the preload only drives a command that starts with node. Use --time faketime.`;

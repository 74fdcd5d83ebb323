/**
 * Which time provider a run uses. `auto` takes the clock that leaps wherever it can run; behind a proxy that cannot leap
 * (a real Toxiproxy) the same library gives the client its date at the wall's pace. Where nothing native runs it prefers
 * libfaketime, which covers every program, and takes the preload for Node clients.
 */

import type { Clock } from "../../../core/clock.ts";
import { FiredrillError } from "../../../core/errors.ts";
import { faketime } from "./faketime.ts";
import { leap, real } from "./leap.ts";
import { preload } from "./preload.ts";
import type { TimeProvider } from "./provider.ts";

export const timeProviders: readonly TimeProvider[] = [leap, faketime, preload, real];
export const timeChoices = ["auto", ...timeProviders.map(({ name }) => name)] as const;
export type TimeChoice = "auto" | TimeProvider["name"];

/** The clock that a suite's runs are played on: one that leaps, the wall's with a date, or a factor for each client. */
export type SuiteClock = "leap" | "real" | "factor";

/**
 * @param proxy Whether the proxy can leap, which one of ours can, as it runs on the clock.
 * @throws FiredrillError where what was asked for is not to be had.
 */
export async function chooseSuiteClock(choice: TimeChoice, { leaps }: { leaps: boolean }): Promise<SuiteClock> {
  if (choice === "faketime" || choice === "preload") return "factor";
  const state = await leap.availability();
  if (choice === "leap" && !leaps)
    throw new FiredrillError(
      "Cannot use --time leap with a proxy that is not on the clock. Use --proxy embedded, or --time real.",
    );
  if (state.available) return choice === "real" || !leaps ? "real" : "leap";
  if (choice === "auto") return "factor";
  throw new FiredrillError(`Cannot use --time ${choice}: ${state.why}. ${state.fix}.`);
}

/**
 * The provider for a client where the clock is a factor.
 * @throws FiredrillError where the wanted provider is missing or cannot drive this client.
 */
export async function chooseTimeProvider(
  choice: TimeChoice,
  client: string,
  argv: readonly string[],
  /** A clock whose date the scenario moves while the client runs: `auto` then looks for who can do that. */
  stepped?: Clock,
): Promise<TimeProvider> {
  if (choice !== "auto") {
    const wanted = timeProviders.find(({ name }) => name === choice) ?? preload;
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

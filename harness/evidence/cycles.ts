/**
 * Cycles of a client that polls all its symbols at once: for each endpoint (and interval) the time from the first
 * request of a round to the last reply of it. A symbol that is asked again before it had data is a retry in the same
 * round; one that had data begins the next. But where the turns of the symbols slip against each other, as they do in a
 * client that waits for its own connections, one comes round again before others were asked at all: those still belong to
 * the round, as long as it is in its time.
 */

import { gaveData, queryOf, symbolOf, type Request } from "./requests.ts";

export interface Cycle {
  /** `/v5/market/kline 5`. */
  name: string;
  first: Request;
  /** The last one that brought data; undefined where a symbol never had any. */
  last: Request | undefined;
  /** Undefined as long as a symbol has no data. */
  durationMs: number | undefined;
  /** Symbols without data. */
  missing: string[];
}

/**
 * The whole rounds; the last one of each endpoint is left out where it was still under way.
 *
 * @param inTimeMs How long a round waits for a symbol that was not asked in it yet.
 */
export function cyclesOf(requests: readonly Request[], symbols: readonly string[], inTimeMs: number): Cycle[] {
  const ofSymbols = requests.filter((request) => symbols.includes(symbolOf(request)));
  const byEndpoint = Map.groupBy(ofSymbols, (request) =>
    [request.path, queryOf(request).get("interval") ?? ""].join(" ").trim(),
  );
  return [...byEndpoint].flatMap(([name, all]) => {
    const cycles = roundsOf(all, symbols.length, inTimeMs).map((round) => cycleOf(name, round, symbols));
    return cycles.at(-1)?.durationMs === undefined ? cycles.slice(0, -1) : cycles;
  });
}

type Round = [Request, ...Request[]];

function roundsOf(requests: readonly Request[], symbolCount: number, inTimeMs: number): Round[] {
  const rounds: Round[] = [];
  const had = new Set<string>();
  for (const request of requests) {
    const symbol = symbolOf(request);
    const round = rounds.at(-1);
    const waits =
      round !== undefined &&
      new Set(round.map(symbolOf)).size < symbolCount &&
      request.receivedAt - round[0].receivedAt < inTimeMs;
    if (round === undefined || (had.has(symbol) && !waits)) {
      rounds.push([request]);
      had.clear();
    } else if (!had.has(symbol)) round.push(request);
    if (gaveData(request)) had.add(symbol);
  }
  return rounds;
}

function cycleOf(name: string, round: Round, symbols: readonly string[]): Cycle {
  const [first] = round;
  const data = round.filter(gaveData);
  const had = new Set(data.map(symbolOf));
  const missing = symbols.filter((symbol) => !had.has(symbol));
  const last = data.toSorted((a, b) => a.at - b.at).at(-1);
  const whole = missing.length === 0 && last !== undefined;
  return { name, first, last, missing, durationMs: whole ? last.at - first.receivedAt : undefined };
}

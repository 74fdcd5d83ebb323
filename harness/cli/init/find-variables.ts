/**
 * Which variables of its environment a bot reads, as its sources say, and which of the client contract each one most likely
 * is. A guess by names, to begin with: what it writes is the user's to read and correct.
 */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const sources = /\.(?:[cm]?[jt]sx?|py|go|rs|rb|java|kt|cs|php)$|^\.env\.(?:example|sample|template)$/;
const ignored = new Set([
  "node_modules",
  ".git",
  ".venv",
  "venv",
  "dist",
  "build",
  "target",
  "__pycache__",
  ".firedrill",
]);
/** A project of many files is looked at as far as this. */
const mostFiles = 2_000;

const reads = [
  /process\.env\.([A-Z][A-Z0-9_]+)/g,
  /(?:process\.env|os\.environ|ENV|\$_ENV)\[\s*["']([A-Z][A-Z0-9_]+)["']/g,
  /(?:environ\.get|[gG]etenv|Getenv|env::var|env\.get|LookupEnv|GetEnvironmentVariable|ENV\.fetch)\(\s*["']([A-Z][A-Z0-9_]+)["']/g,
  /^([A-Z][A-Z0-9_]+)=/gm,
];

/** The first that fits. */
const kinds: readonly [RegExp, string][] = [
  [/WEBHOOK|DISCORD|SLACK/, "FIREDRILL_WEBHOOK_URL"],
  [/(?=.*(?:SIGNAL|FEED))(?=.*TOKEN)/, "FIREDRILL_SIGNAL_TOKEN"],
  [/SIGNAL|FEED/, "FIREDRILL_SIGNAL_WS_URL"],
  [/SECRET/, "FIREDRILL_API_SECRET"],
  [/API_?KEY/, "FIREDRILL_API_KEY"],
  [/SYMBOLS|PAIRS/, "FIREDRILL_SYMBOLS"],
  [/(?=.*(?:URL|URI|WS|HOST|ENDPOINT))(?=.*PRIVATE)/, "FIREDRILL_EXCHANGE_PRIVATE_WS_URL"],
  [/(?=.*(?:WS|SOCKET))(?=.*TRADE)/, "FIREDRILL_EXCHANGE_TRADE_WS_URL"],
  [/WS|SOCKET|STREAM/, "FIREDRILL_EXCHANGE_PUBLIC_WS_URL"],
  [/(?=.*(?:URL|URI|HOST|ENDPOINT))(?=.*(?:REST|API|BASE|HTTP|BYBIT|EXCHANGE))/, "FIREDRILL_EXCHANGE_REST_URL"],
];

/** By name, what of the contract it is taken for. */
export function mappingOf(names: readonly string[]): Record<string, string> {
  const mapped = names.flatMap((name) => {
    const kind = kinds.find(([pattern]) => pattern.test(name));
    return kind === undefined ? [] : [[name, `{${kind[1]}}`] as const];
  });
  return Object.fromEntries(mapped);
}

/** The variables that a text reads, ours aside: who reads those needs no mapping. */
export const variablesIn = (text: string): string[] =>
  reads.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = ""]) => name)).filter(isTheirs);

const isTheirs = (name: string): boolean => name !== "" && !name.startsWith("FIREDRILL_");

export async function variablesBelow(folder: string): Promise<string[]> {
  const found = new Set<string>();
  for (const file of (await sourcesBelow(folder)).slice(0, mostFiles)) {
    const text = await readFile(file, "utf8").catch(() => "");
    for (const name of variablesIn(text)) found.add(name);
  }
  return [...found].sort();
}

async function sourcesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return ignored.has(entry.name) ? [] : sourcesBelow(path);
      return entry.isFile() && sources.test(entry.name) ? [path] : [];
    }),
  );
  return below.flat().sort();
}

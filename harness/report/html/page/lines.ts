/** The journal's and the log's lines, unpacked once somebody asks for them. */

import type { Excerpt } from "../model.ts";

const unpacked = new WeakMap<Excerpt, Promise<ReadonlyMap<number, string>>>();

export function linesOf(excerpt: Excerpt): Promise<ReadonlyMap<number, string>> {
  const known = unpacked.get(excerpt) ?? unpack(excerpt);
  unpacked.set(excerpt, known);
  return known;
}

async function unpack({ packed }: Excerpt): Promise<ReadonlyMap<number, string>> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  return new Map(
    text.split("\n").map((line) => {
      const tab = line.indexOf("\t");
      return [Number(line.slice(0, tab)), line.slice(tab + 1)];
    }),
  );
}

/** The log's lines around a moment, by the date that each begins with. */
export function logAround(lines: ReadonlyMap<number, string>, epochMs: number, most: number): [number, string][] {
  const all = [...lines];
  const after = all.findIndex(([, line]) => Date.parse(line.slice(0, line.indexOf(" "))) >= epochMs);
  const middle = after === -1 ? all.length : after;
  return all.slice(Math.max(middle - Math.floor(most / 2), 0), middle + Math.ceil(most / 2));
}

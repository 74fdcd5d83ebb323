/** Values that do not belong where they are put. */

import type { Random } from "../../../core/random.ts";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~!$()*";

/** Letters that are safe in a header, a query and JSON alike; never empty, never a number, never a word of the protocol. */
export function junkText(random: Random, most = 24): string {
  const length = random.chance(0.02) ? 2_000 : random.integer(1, most);
  return `~${Array.from({ length }, () => letters[random.integer(0, letters.length - 1)]).join("")}`;
}

/** What JavaScript objects have without anybody having put it there. */
export const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype"];

const numbers = [
  "NaN",
  "Infinity",
  "-Infinity",
  "1e999",
  "-1e999",
  "0x",
  "--1",
  "1..2",
  "1e",
  "+",
  "½",
  "１",
  "1_000",
  "1,5",
  "null",
];

/** Text that is no finite number to anybody. */
export const number = (random: Random): string =>
  random.pick([...numbers, "9".repeat(random.integer(310, 600)), `${random.integer(0, 9)}x`, junkText(random)]);

/** JSON of every type but an object. */
export const jsonButObject = (random: Random): string =>
  random.pick([
    "null",
    "true",
    "0",
    "-1e5",
    '""',
    '"{}"',
    "[]",
    '[{"op":"ping"}]',
    String(random.integer(0, 1e9)),
    JSON.stringify(junkText(random)),
    nested("[", "]", random.integer(1, 3_000)),
  ]);

export const nested = (open: string, close: string, depth: number, inner = ""): string =>
  open.repeat(depth) + inner + close.repeat(depth);

/** Text that no JSON parser takes. Begins with something that is no space. */
export function brokenJson(random: Random): string {
  const right = JSON.stringify({ op: "subscribe", args: [junkText(random)], n: random.integer(0, 999) });
  return random.pick([
    right.slice(0, random.integer(1, right.length - 1)),
    `${right}${random.pick(["}", ",", "x", "{}", "\\u0000"])}`,
    right.replaceAll('"', "'"),
    right.replace('"n":', '"n":NaN,"m":'),
    right.replace('"n":', '"n":01'),
    right.replace('"n":', '"n":+'),
    right.replace('"n":', "n:"),
    right.replace('"n":', '"\\x":'),
    right.replace('"n":', '"a\u0001b":'),
    nested("[", "", random.integer(1, 4_000)),
    nested('{"a":', "", random.integer(1, 2_000)),
    `<?xml version="1.0"?><a>${junkText(random)}</a>`,
    junkText(random),
    "\ufeff{}",
  ]);
}

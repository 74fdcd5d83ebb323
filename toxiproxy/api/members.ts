/**
 * The members of a JSON body, taken as Toxiproxy takes them: names match in any case, unknown ones and nulls are ignored,
 * and after one of the wrong type the others are still taken before it is reported. Not covered are the words of its
 * error, which are Go's: they begin as its do, and then say which member was wrong and what it has to be.
 */

import { z } from "zod";
import { messageOf } from "../../core/errors.ts";
import { badRequestBody } from "./errors.ts";

type Fields = Readonly<Record<string, z.ZodType>>;

/** Those that were there and right. */
export type Members<F extends Fields> = { -readonly [K in keyof F]?: z.infer<F[K]> };

export function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw badRequestBody(messageOf(error));
  }
}

/** @throws ApiError the first mistake, once `take` has had what is right. */
export function takeMembers<F extends Fields>(json: unknown, fields: F, take: (members: Members<F>) => void): void {
  const { success, data } = z.record(z.string(), z.unknown()).nullable().safeParse(json);
  if (!success) throw badRequestBody(`an object is expected, not ${JSON.stringify(json)}`);
  const members: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const [given, value] of Object.entries(data ?? {})) {
    const name = Object.keys(fields).find((known) => known.toLowerCase() === given.toLowerCase());
    const field = name === undefined ? undefined : fields[name];
    if (name === undefined || field === undefined || value === null) continue;
    const read = field.safeParse(value);
    if (read.success) members[name] = read.data;
    else mistakes.push(`${name} is ${JSON.stringify(value)}: ${read.error.issues[0]?.message ?? "not allowed"}`);
  }
  take(members as Members<F>);
  if (mistakes[0] !== undefined) throw badRequestBody(mistakes[0]);
}

export function membersOf<F extends Fields>(json: unknown, fields: F): Members<F> {
  let taken: Members<F> = {};
  takeMembers(json, fields, (members) => (taken = members));
  return taken;
}

/** The shortest decimal that is the same 32-bit float: Toxiproxy keeps no more and shows no more. */
export function shortestFloat32(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const shorter = Number(float.toPrecision(digits));
    if (Math.fround(shorter) === float) return shorter;
  }
  return float;
}

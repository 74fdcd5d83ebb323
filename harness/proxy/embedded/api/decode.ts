/**
 * Fills an object from JSON the way Go fills a struct: names match in any case, unknown ones and nulls are ignored, and
 * after a member of the wrong type the others are still taken before the first mistake is reported.
 */

import { badRequestBody } from "./errors.ts";
import type { Json } from "./json.ts";

export type FieldType = "string" | "bool" | "float32" | "int64" | "int" | Struct;

export interface Struct {
  /** The Go type, for the error that names it. */
  goType: string;
  /** What comes before a field's name in errors: `Proxy.` gives `Proxy.name`. */
  label: string;
  fields: Record<string, Field>;
}

export interface Field {
  type: FieldType;
  /** Another label than the struct's. */
  label?: string;
  /** Given the value, which has the type's own; a struct's members have been given one by one before. */
  set?: (value: never) => void;
}

/** @throws the first mistake, after everything else has been filled in. */
export function decode(json: Json, struct: Struct): void {
  const mistakes: string[] = [];
  fill(json, struct, `value of type ${struct.goType}`, mistakes);
  if (mistakes[0] !== undefined) throw badRequestBody(mistakes[0]);
}

function fill(json: Json, struct: Struct, place: string, mistakes: string[]): void {
  if (json.kind === "null") return;
  if (json.kind !== "object") {
    mistakes.push(mistake(json.kind, place));
    return;
  }
  for (const [key, value] of json.members) {
    const name = Object.keys(struct.fields).find((known) => known.toLowerCase() === key.toLowerCase());
    const field = name === undefined ? undefined : struct.fields[name];
    if (name === undefined || field === undefined || value.kind === "null") continue;
    const goType = typeof field.type === "string" ? field.type : field.type.goType;
    const placeOfField = `struct field ${field.label ?? struct.label}${name} of type ${goType}`;
    if (typeof field.type !== "string") {
      fill(value, field.type, placeOfField, mistakes);
      continue;
    }
    const read = scalar(value, field.type);
    if ("wrong" in read) mistakes.push(mistake(read.wrong, placeOfField));
    else field.set?.(read.value as never);
  }
}

const mistake = (seen: string, place: string): string => `json: cannot unmarshal ${seen} into Go ${place}`;

function scalar(json: Json, type: string): { value: string | number | boolean } | { wrong: string } {
  if (json.kind === "string" && type === "string") return { value: json.value };
  if (json.kind === "bool" && type === "bool") return { value: json.value };
  if (json.kind !== "number" || type === "string" || type === "bool") return { wrong: json.kind };
  const { text } = json;
  if (type === "float32") {
    const value = shortestFloat32(Number(text));
    return Number.isFinite(value) ? { value } : { wrong: `number ${text}` };
  }
  const isWhole = /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
  return isWhole ? { value: Number(text) } : { wrong: `number ${text}` };
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

/**
 * How order parameters arrive: strings by the book, numbers from some clients, blanks for "not given". One reading for
 * REST and the trade stream; a bad value is refused by its parameter's name.
 */

import { z } from "zod";
import type { Big } from "big.js";
import { parseDecimal } from "../engine/decimal.ts";
import { illegalCategory, paramsError, type RetError } from "../protocol/ret-codes.ts";

const given = (value: unknown): unknown => (value === "" || value === null ? undefined : value);

export const text = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : given(value)),
  z.string().max(64).optional(),
);

export const decimal = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : given(value)),
  z
    .string()
    .transform((value, context): Big => {
      const parsed = parseDecimal(value);
      if (parsed !== undefined) return parsed;
      context.addIssue("no decimal");
      return z.NEVER;
    })
    .optional(),
);

/** A schema of a few words; its type is inferred, because zod's own name for it is longer than the code. */
export const choice = <const T extends readonly string[]>(values: T) => z.preprocess(given, z.enum(values).optional());

export const whole = z.preprocess(
  (value) => (typeof value === "string" && value !== "" ? Number(value) : given(value)),
  z.number().int().optional(),
);

export const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : given(value)),
  z.boolean().optional(),
);

export const category = z.enum(["linear", "inverse", "spot"]);
export const symbol = z.string().regex(/^[A-Z0-9-]{1,40}$/);
/** How long it may be depends on what is traded: see `read-order.ts`. */
export const linkId = z.preprocess(
  given,
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
);

const byName = (name: string): RetError => (name === "category" ? illegalCategory() : paramsError(`${name} invalid`));

/** @throws RetError that names the first bad parameter: 10001 where the caller has no refusal of its own. */
export function parse<T extends z.ZodType>(schema: T, body: unknown, refused = byName): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refused(String(parsed.error.issues[0]?.path[0] ?? "body"));
}

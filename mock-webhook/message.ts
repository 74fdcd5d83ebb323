/**
 * A message as Discord takes it from a webhook, with the limits that it holds it to, and the body of the 400 where it does
 * not fit: 2,000 characters of content, 10 embeds, 25 fields each, 6,000 characters over all embeds. Lengths are counted
 * in UTF-16 units, as Discord's are. What the mock has no use for (components, polls, mentions) is taken as it is.
 */

import { z } from "zod";
import { refusal, type Reply } from "./reply.ts";

const text = (most: number): z.ZodString =>
  z.string().max(most, { error: `Must be ${most} or fewer in length.`, abort: true });

const field = z.looseObject({ name: text(256).min(1), value: text(1_024).min(1), inline: z.boolean().optional() });

const embed = z.looseObject({
  title: text(256).optional(),
  description: text(4_096).optional(),
  fields: z.array(field).max(25, "Must be 25 or fewer in length.").optional(),
  footer: z.looseObject({ text: text(2_048) }).optional(),
  author: z.looseObject({ name: text(256) }).optional(),
});

const message = z.looseObject({
  content: text(2_000).nullish(),
  username: text(80).optional(),
  embeds: z.array(embed).max(10, "Must be 10 or fewer in length.").nullish(),
});

export type Message = z.infer<typeof message>;

const mostOfAllEmbeds = 6_000;

/** The message, or what Discord answers instead of taking it. */
export function readMessage(body: unknown, files: number): Message | Reply {
  const parsed = message.safeParse(body);
  if (!parsed.success) return invalidForm(parsed.error.issues);
  const { content, embeds } = parsed.data;
  if ((content ?? "") === "" && (embeds ?? []).length === 0 && files === 0) {
    return refusal(400, 50_006, "Cannot send an empty message");
  }
  if (embedCharacters(parsed.data) <= mostOfAllEmbeds) return parsed.data;
  const error = { code: "MAX_EMBED_SIZE_EXCEEDED", message: `Embed size exceeds maximum size of ${mostOfAllEmbeds}` };
  return refusal(400, 50_035, "Invalid Form Body", { embeds: { _errors: [error] } });
}

export const isReply = (read: Message | Reply): read is Reply => typeof read.status === "number" && "body" in read;

/** Discord's tree: a key a step, `_errors` at the end. */
function invalidForm(issues: readonly z.core.$ZodIssue[]): Reply {
  const tree: Record<string, unknown> = {};
  for (const issue of issues) {
    let at = tree;
    for (const key of issue.path.map(String)) at = (at[key] ??= {}) as Record<string, unknown>;
    ((at._errors ??= []) as object[]).push({ code: codeOf(issue), message: wordsOf(issue) });
  }
  return refusal(400, 50_035, "Invalid Form Body", tree);
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_big") return "BASE_TYPE_MAX_LENGTH";
  if (isMissing(issue)) return "BASE_TYPE_REQUIRED";
  return issue.code === "invalid_type" ? `${issue.expected.toUpperCase()}_TYPE_CONVERT` : "BASE_TYPE_BAD_VALUE";
}

const wordsOf = (issue: z.core.$ZodIssue): string => (isMissing(issue) ? "This field is required" : issue.message);

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.code === "too_small" || (issue.code === "invalid_type" && issue.message.endsWith("received undefined"));

export function embedCharacters({ embeds }: Message): number {
  return (embeds ?? [])
    .flatMap(({ title, description, footer, author, fields = [] }) => [
      ...[title, description, footer?.text, author?.name],
      ...fields.flatMap(({ name, value }) => [name, value]),
    ])
    .reduce((sum, part) => sum + (part?.length ?? 0), 0);
}

export const fieldsOf = ({ embeds }: Message): number =>
  (embeds ?? []).reduce((sum, { fields = [] }) => sum + fields.length, 0);

/** All of its words, a line each. */
export const textOf = ({ content, embeds }: Message): string =>
  [
    content,
    ...(embeds ?? []).flatMap(({ title, description, fields = [], footer }) => [
      ...[title, description],
      ...fields.map(({ name, value }) => `${name}: ${value}`),
      footer?.text,
    ]),
  ]
    .filter((part) => part !== undefined && part !== null && part !== "")
    .join("\n");

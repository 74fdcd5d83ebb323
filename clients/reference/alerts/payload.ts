/**
 * Messages as the webhook takes them: lists summarised, every part cut to its limit, and what was cut is said. Report C
 * had whole order books in its alerts, which Discord refuses for ever.
 */

export interface Field {
  name: string;
  value: string;
}

export interface AlertMessage {
  content: string;
  embeds: { title: string; fields: Field[]; footer?: { text: string } }[];
}

const longestList = 5;
const shownOfList = 3;
const limits = { content: 2_000, title: 256, name: 256, value: 1_024, fields: 25, total: 5_000 };
const fewestFields = 3;

/** `[12 items] First 3: a, b, c`. */
export const listed = (items: readonly string[]): string =>
  items.length <= longestList
    ? items.join(", ")
    : `[${items.length} items] First ${shownOfList}: ${items.slice(0, shownOfList).join(", ")}`;

export function messageWith(title: string, all: readonly Field[]): AlertMessage {
  const fields = all.slice(0, limits.fields).map(({ name, value }) => ({
    name: cut(name, limits.name),
    value: cut(value, limits.value),
  }));
  const size = (): number =>
    title.length + fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  while (fields.length > fewestFields && size() > limits.total) fields.pop();
  const left = all.length - fields.length;
  const footer = left === 0 ? {} : { footer: { text: `${left} more fields were left out` } };
  return { content: cut(title, limits.content), embeds: [{ title: cut(title, limits.title), fields, ...footer }] };
}

/** Between characters, never inside one. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const note = ` … (${text.length} characters)`;
  const kept = text.slice(0, most - note.length);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}${note}`;
}

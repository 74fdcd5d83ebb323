/**
 * Keeps secrets out of what is written and shown: values that are known to be secret, because a variable or a switch of
 * such a name has them, and what looks like one. A secret that nothing names and that looks like any other word is not known.
 */

const names = "secret|token|passw(?:or)?d|passphrase|pwd|api[_-]?key|private[_-]?key|credential|webhook";
const secretName = new RegExp(names, "i");
/** What stands for it. */
export const masked = "***";
/** A shorter value may be any word, as `true`. */
const shortestValue = 6;

/** `--api-secret VALUE`, `--token=VALUE`, `API_SECRET=VALUE`: in a command, whatever the value looks like. */
const switches = new RegExp(`((?:^|\\s)["']?-{0,2}[\\w.-]*(?:${names})[\\w.-]*(?:=|\\s+))(["']?)([^\\s"']+)`, "gi");
/** `secret: VALUE`, `"apiKey":"VALUE"`: in any text, where the value has a digit and no word's length. */
const assignments = new RegExp(
  `((?:${names})[\\w.-]*\\\\?["']?\\s*[:=]\\s*\\\\?["']?)(?=[^\\s"'\\\\,]*\\d)[^\\s"'\\\\,]{8,}`,
  "gi",
);
const patterns: readonly [RegExp, string][] = [
  [/(https?:\/\/[^\s"'/]+\/(?:api\/webhooks|services)\/)[^\s"'\\]+/g, `$1${masked}`],
  [/(\w+:\/\/)[^\s"'/@]+:[^\s"'/@]+@/g, `$1${masked}@`],
  [/(\bBearer\s+)[\w.~+/-]{8,}=*/gi, `$1${masked}`],
  [assignments, `$1${masked}`],
];
/** Most text has none of it, and is looked at once. */
const suspicious = new RegExp(`${names}|bearer|://[^\\s]*@|/services/`, "i");

export class Secrets {
  readonly #values = new Set<string>();
  #known: RegExp | undefined;

  /** The values of variables that are called like secrets. */
  addVariables(variables: Readonly<Record<string, string | undefined>>): void {
    for (const [name, value] of Object.entries(variables)) if (secretName.test(name)) this.#add(value);
  }

  /** What a command's switches give away. */
  addCommand(command: string): void {
    for (const [, , , value] of command.matchAll(switches)) this.#add(value);
  }

  redact(text: string): string {
    const known = this.#known === undefined ? text : text.replace(this.#known, masked);
    if (!suspicious.test(known)) return known;
    return patterns.reduce((rest, [pattern, by]) => rest.replace(pattern, by), known);
  }

  /** The strings within, however deep. */
  redactAll<T>(value: T): T {
    if (typeof value === "string") return this.redact(value) as T;
    if (Array.isArray(value)) return value.map((each: unknown) => this.redactAll(each)) as T;
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, each]: [string, unknown]) => [
      this.redact(key),
      typeof each === "string" && secretName.test(key) ? masked : this.redactAll(each),
    ]);
    return Object.fromEntries(entries) as T;
  }

  #add(value: string | undefined): void {
    if (value === undefined || value.length < shortestValue || this.#values.has(value)) return;
    this.#values.add(value);
    // The longest first: one may be the beginning of another.
    const longestFirst = [...this.#values].toSorted((a, b) => b.length - a.length);
    this.#known = new RegExp(longestFirst.map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
  }
}

/** A command as it may be shown. */
export function redactCommand(command: string): string {
  return new Secrets().redact(command.replace(switches, `$1$2${masked}`));
}

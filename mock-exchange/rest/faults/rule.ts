/** The rule language of the REST surface (see mock-kit/rules/read-rule.ts): its moments, and its actions, a file each. */

import { loadFolder } from "../../../core/load-folder.ts";
import { readRule, refused, type ReadRule, type RuleLanguage } from "../../../mock-kit/rules/read-rule.ts";
import type { Often } from "../../../mock-kit/rules/rule-book.ts";
import type { RestAction, RestActions } from "./action.ts";
import { matches, type RestMatch } from "./match.ts";

export interface RestRule extends Often {
  /** Default: every request. */
  match?: RestMatch;
  action: { [Name in keyof RestActions]: { do: Name } & RestActions[Name] }[keyof RestActions];
}

export type CheckedRule = ReadRule<RestMatch, RestAction<unknown>>;

const folder = await loadFolder<RestAction<unknown>>(new URL("./actions/", import.meta.url));
const actions = new Map(folder.map(({ name, value }) => [name, value]));
const of = "A REST fault";

const language: RuleLanguage<RestMatch, RestAction<unknown>> = {
  of,
  matches,
  actions,
  meant: () => "request",
  mistake(name, { at }, on) {
    if ((on === "request") !== (at === "connection")) return undefined;
    const fit = [...actions].filter(([, other]) => (other.at === "connection") === (on !== "request"));
    return `"${name}" cannot act on "${on}". What can: ${fit.map(([known]) => known).join(", ")}.`;
  },
};

/** @throws FiredrillError that names what is wrong, what was seen and what is allowed. */
export function checkRule(json: unknown): CheckedRule {
  const rule = readRule(json, language);
  if (rule.action.at === "head" && ("symbol" in rule.match || "category" in rule.match)) {
    const why = `"${rule.name}" acts before a body is read, so it cannot match a symbol or category. Match the path.`;
    throw refused(of, why);
  }
  return rule;
}

/** The rule language of the streams (see mock-kit/rules/read-rule.ts): their moments, and their actions, a file each. */

import { readRule, type ReadRule } from "../../../mock-kit/rules/read-rule.ts";
import type { Often } from "../../../mock-kit/rules/rule-book.ts";
import type { Moment, StreamAction, StreamName } from "./action.ts";
import { streamActions } from "./catalogue.ts";
import { matchSchemas, type StreamMatch } from "./match.ts";

export interface StreamRule extends Often {
  match?: Partial<Omit<StreamMatch, "on">> & Record<string, unknown> & { on?: Moment };
  /** `do` is the name of an action, a file in `actions/`; the rest are its parameters. */
  action: { do: string } & Record<string, unknown>;
}

export type ParsedRule = ReadRule<StreamMatch, StreamAction>;

/** @throws FiredrillError that names the part, what it holds, and what is allowed. */
export function parseRule(rule: unknown, stream: StreamName): ParsedRule {
  const of = `A fault of the ${stream} stream`;
  return readRule<StreamMatch, StreamAction>(rule, {
    ...{ of, matches: matchSchemas, actions: streamActions },
    meant: ({ on: [first] }) => first,
    mistake(name, { streams, on: moments }, on) {
      if (streams !== undefined && !streams.includes(stream)) {
        return `"${name}" does not apply to the ${stream} stream, only to: ${streams.join(", ")}.`;
      }
      if ((moments as readonly string[]).includes(on)) return undefined;
      return `"${name}" cannot act on "${on}", only on: ${moments.join(", ")}.`;
    },
  });
}

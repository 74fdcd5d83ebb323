/**
 * The faults of the sink, as rules (see mock-kit/rules/read-rule.ts): met as a connection is accepted, and once a request
 * was read. What there is to do is in `actions/`, a file each.
 */

import { z } from "zod";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { loadFolder } from "../../core/load-folder.ts";
import type { HttpConnection } from "../../mock-kit/http/connections.ts";
import { glob } from "../../mock-kit/rules/glob.ts";
import { readRule, type ReadRule } from "../../mock-kit/rules/read-rule.ts";
import { RuleBook, type Armed, type Often } from "../../mock-kit/rules/rule-book.ts";
import type { RateLimit } from "../rate-limit.ts";
import type { RequestInHand } from "../request-in-hand.ts";
import type { WebhookAction, WebhookActions } from "./action.ts";

const matches = {
  connect: z.strictObject({ on: z.literal("connect") }),
  request: z.strictObject({
    on: z.literal("request").optional(),
    method: z.enum(["GET", "POST"]).optional(),
    /** All words of the message; `*` stands for any text. */
    text: z.string().optional(),
  }),
};

export type WebhookMatch = { [On in keyof typeof matches]: z.infer<(typeof matches)[On]> }[keyof typeof matches];

export interface WebhookRule extends Often {
  /** Default: every request. */
  match?: WebhookMatch;
  action: { [Name in keyof WebhookActions]: { do: Name } & WebhookActions[Name] }[keyof WebhookActions];
}

type Checked = ReadRule<WebhookMatch, WebhookAction>;

interface Subject {
  connection: string;
  describe: string;
  request?: RequestInHand;
}

/** Loaded with this module, before any incident clock runs. */
const folder = await loadFolder<WebhookAction>(new URL("./actions/", import.meta.url));
const actions = new Map(folder.map(({ name, value }) => [name, value]));

const language = {
  ...{ of: "A fault of the webhook", actions, meant: () => "request" },
  matches: matches as Record<string, z.ZodType<WebhookMatch>>,
  mistake(name: string, action: WebhookAction, on: string): string | undefined {
    const acts = (one: WebhookAction): boolean => (on === "connect" ? "connection" : "request") in one;
    if (acts(action)) return undefined;
    const fit = [...actions].filter(([, other]) => acts(other)).map(([known]) => known);
    return `"${name}" cannot act on "${on}". What can: ${fit.join(", ")}.`;
  },
};

export class WebhookFaults {
  readonly #book: RuleBook<(subject: Subject) => boolean, Checked, Subject>;
  readonly #limit: RateLimit;

  constructor(clock: Clock, journal: JournalSink, limit: RateLimit) {
    this.#book = new RuleBook({ endpoint: "webhook", clock, journal, fits: (match, subject) => match(subject) });
    this.#limit = limit;
  }

  /** @throws FiredrillError where the rule is not right. */
  arm(rule: WebhookRule): Armed {
    const checked = readRule<WebhookMatch, WebhookAction>(rule, language);
    const armed = this.#book.arm({ match: fitting(checked.match), action: checked, ...checked.often });
    return {
      id: armed.id,
      disarm: () => {
        armed.disarm();
        this.#limit.lift();
      },
    };
  }

  /** Disarms everything; what a rule holds already, it goes on holding. */
  clear(): void {
    this.#book.clear();
    this.#limit.lift();
  }

  opened(connection: HttpConnection): void {
    if (this.#book.empty) return;
    const hit = this.#book.decide({ connection: connection.name, describe: "connect" });
    hit?.action.connection?.(connection, hit.parameters);
  }

  /** A request was read: a fault has it, or it is served. */
  serve(request: RequestInHand): void {
    const { connection, method } = request;
    const subject = { connection: connection.name, describe: `${method} webhook`, request };
    const hit = this.#book.empty ? undefined : this.#book.decide(subject);
    if (hit?.action.request === undefined) request.answer(request.perform());
    else hit.action.request(request, hit.parameters);
  }
}

function fitting(match: WebhookMatch): (subject: Subject) => boolean {
  if (match.on === "connect") return ({ request }) => request === undefined;
  const text = match.text === undefined ? undefined : glob(match.text);
  return ({ request }) =>
    request !== undefined &&
    (match.method === undefined || match.method === request.method) &&
    (text?.(request.text) ?? true);
}

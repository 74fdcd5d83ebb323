/** What the API's request bodies may hold, and what they become. */

import { z } from "zod";
import type { ProxyInput } from "../proxies.ts";
import type { ProxySettings } from "../proxy.ts";
import type { Attributes, Stream, Toxic, ToxicType } from "../toxic.ts";
import { badRequestBody, invalidStream, invalidToxicType } from "./errors.ts";
import { membersOf, parse, shortestFloat32, takeMembers } from "./members.ts";

const toxicity = z.number().transform(shortestFloat32).pipe(z.number());
const proxyFields = { name: z.string(), listen: z.string(), upstream: z.string(), enabled: z.boolean() };
const anyAttributes = z.record(z.string(), z.unknown());
const toxicFields = {
  ...{ name: z.string(), type: z.string(), stream: z.string(), toxicity, attributes: anyAttributes },
  // The original ignores what it does not know, so these may be sent to either.
  ...{ ttl_ms: z.int(), connection: z.int(), live_only: z.boolean() },
};

const proxyOf = (json: unknown): ProxyInput => ({
  ...{ name: "", listen: "", upstream: "", enabled: true },
  ...membersOf(json, proxyFields),
});

export const readProxy = (body: Buffer): ProxyInput => proxyOf(parse(body));

/** What is left out stays as it is. */
export function readProxyUpdate(body: Buffer, { listen, upstream, enabled }: ProxySettings): ProxySettings {
  return { name: "", listen, upstream, enabled, ...membersOf(parse(body), proxyFields) };
}

export function readProxies(body: Buffer): ProxyInput[] {
  const json = parse(body) ?? [];
  if (!Array.isArray(json)) throw badRequestBody(`a list of proxies is expected, not ${JSON.stringify(json)}`);
  return json.map(proxyOf);
}

export function readToxic(body: Buffer, types: ReadonlyMap<string, ToxicType>): Toxic {
  const given = membersOf(parse(body), toxicFields);
  const { type = "", stream: streamText = "downstream", name = "" } = given;
  const stream = streamText.toLowerCase();
  if (!isStream(stream)) throw invalidStream();
  const definition = types.get(type);
  if (definition === undefined) throw invalidToxicType();
  return {
    name: name === "" ? `${type}_${streamText}` : name,
    ...{ type, streamText, stream, definition },
    toxicity: given.toxicity ?? 1,
    attributes: { ...definition.attributes },
    ...(given.ttl_ms === undefined ? {} : { ttlMs: given.ttl_ms }),
    ...(given.connection === undefined ? {} : { connection: given.connection }),
    ...(given.live_only === undefined ? {} : { liveOnly: given.live_only }),
  };
}

/** A second step, because a name that is taken is reported before attributes that are wrong. */
export const readAttributes = (body: Buffer, toxic: Toxic): void =>
  takeAttributes(membersOf(parse(body), { attributes: anyAttributes }).attributes, toxic);

/** Changes the toxic's attributes as far as they are right, and the toxicity only if all of it is. */
export function readToxicUpdate(body: Buffer, toxic: Toxic): void {
  const fields = { attributes: anyAttributes, toxicity };
  takeMembers(parse(body), fields, ({ attributes }) => takeAttributes(attributes, toxic));
  toxic.toxicity = membersOf(parse(body), fields).toxicity ?? toxic.toxicity;
}

const isStream = (text: string): text is Stream => text === "upstream" || text === "downstream";

function takeAttributes(given: unknown, { definition, attributes }: Toxic): void {
  const fields = Object.fromEntries(
    Object.entries(definition.attributes).map(([name, initial]) => [name, typeOf(initial)]),
  );
  takeMembers(given ?? {}, fields, (members) => Object.assign(attributes, members));
}

function typeOf(initial: Attributes[string]): z.ZodType<Attributes[string]> {
  if (typeof initial === "number") return z.int();
  return typeof initial === "boolean" ? z.boolean() : z.string();
}

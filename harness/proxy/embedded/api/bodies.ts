/** What the API's request bodies may hold, and what they become. */

import type { ProxyInput } from "../proxies.ts";
import type { ProxySettings } from "../proxy.ts";
import type { Attributes, Stream, Toxic, ToxicType } from "../toxic.ts";
import { decode, type Field, type Struct } from "./decode.ts";
import { badRequestBody, invalidStream, invalidToxicType } from "./errors.ts";
import { readJson, type Json } from "./json.ts";

export function readProxy(body: Buffer): ProxyInput {
  const input = emptyProxy();
  decode(readJson(body), proxyStruct(input));
  return input;
}

/** What is left out stays as it is. */
export function readProxyUpdate(body: Buffer, current: ProxySettings): ProxySettings {
  const { listen, upstream, enabled } = current;
  const input = { name: "", listen, upstream, enabled };
  decode(readJson(body), proxyStruct(input));
  return input;
}

export function readProxies(body: Buffer): ProxyInput[] {
  const goType = 'struct { toxiproxy.Proxy; Enabled *bool "json:\\"enabled\\"" }';
  const json = readJson(body);
  if (json.kind === "null") return [];
  if (json.kind !== "array")
    throw badRequestBody(`json: cannot unmarshal ${json.kind} into Go value of type []${goType}`);
  const mistakes: unknown[] = [];
  const inputs = json.items.map((item) => {
    const input = emptyProxy();
    const { fields } = proxyStruct(input);
    const enabled: Field = { label: ".", type: "bool", set: (value: boolean) => (input.enabled = value) };
    try {
      decode(item, { goType, label: ".Proxy.", fields: { ...fields, enabled } });
    } catch (error) {
      mistakes.push(error);
    }
    return input;
  });
  if (mistakes.length > 0) throw mistakes[0];
  return inputs;
}

export function readToxic(body: Buffer, types: ReadonlyMap<string, ToxicType>): Toxic {
  const json = readJson(body);
  const input = { name: "", type: "", stream: "downstream", toxicity: 1 };
  const ours: Pick<Toxic, "ttlMs" | "connection" | "liveOnly"> = {};
  decode(json, {
    goType: "toxics.ToxicWrapper",
    label: "ToxicWrapper.",
    fields: {
      name: { type: "string", set: (value: string) => (input.name = value) },
      type: { type: "string", set: (value: string) => (input.type = value) },
      stream: { type: "string", set: (value: string) => (input.stream = value) },
      toxicity: { type: "float32", set: (value: number) => (input.toxicity = value) },
      // The original ignores what it does not know, so these may be sent to either.
      ttl_ms: { type: "int64", set: (value: number) => (ours.ttlMs = value) },
      connection: { type: "int64", set: (value: number) => (ours.connection = value) },
      live_only: { type: "bool", set: (value: boolean) => (ours.liveOnly = value) },
      attributes: { type: { goType: "toxics.NoopToxic", label: "", fields: {} } },
    },
  });
  const stream = input.stream.toLowerCase();
  if (!isStream(stream)) throw invalidStream();
  const definition = types.get(input.type);
  if (definition === undefined) throw invalidToxicType();
  return {
    name: input.name === "" ? `${input.type}_${input.stream}` : input.name,
    type: input.type,
    streamText: input.stream,
    stream,
    toxicity: input.toxicity,
    attributes: { ...definition.attributes },
    ...ours,
    definition,
  };
}

/** A second step, because a name that is taken is reported before attributes that are wrong. */
export function readAttributes(body: Buffer, toxic: Toxic): void {
  decode(readJson(body), { goType: "", label: "", fields: { attributes: { type: attributesStruct(toxic) } } });
}

/** Changes the toxic's attributes as far as they are right, and the toxicity only if all of it is. */
export function readToxicUpdate(body: Buffer, toxic: Toxic): void {
  let { toxicity } = toxic;
  const json: Json = readJson(body);
  decode(json, {
    goType: 'struct { Attributes interface {} "json:\\"attributes\\""; Toxicity float32 "json:\\"toxicity\\"" }',
    label: ".",
    fields: {
      attributes: { type: attributesStruct(toxic) },
      toxicity: { type: "float32", set: (value: number) => (toxicity = value) },
    },
  });
  toxic.toxicity = toxicity;
}

const emptyProxy = (): ProxyInput => ({ name: "", listen: "", upstream: "", enabled: true });

const isStream = (text: string): text is Stream => text === "upstream" || text === "downstream";

function proxyStruct(input: ProxyInput): Struct {
  return {
    goType: "toxiproxy.Proxy",
    label: "Proxy.",
    fields: {
      name: { type: "string", set: (value: string) => (input.name = value) },
      listen: { type: "string", set: (value: string) => (input.listen = value) },
      upstream: { type: "string", set: (value: string) => (input.upstream = value) },
      enabled: { type: "bool", set: (value: boolean) => (input.enabled = value) },
    },
  };
}

function attributesStruct({ type, definition, attributes }: Toxic): Struct {
  const { struct = `${pascalCase(type)}Toxic`, integer = "int64" } = definition.goType ?? {};
  const fields = Object.entries(definition.attributes).map(([name, initial]): [string, Field] => {
    const fieldType = typeof initial === "number" ? integer : typeof initial === "boolean" ? "bool" : "string";
    return [name, { type: fieldType, set: (value: Attributes[string]) => (attributes[name] = value) }];
  });
  return { goType: `toxics.${struct}`, label: `${struct}.attributes.`, fields: Object.fromEntries(fields) };
}

const pascalCase = (text: string): string => text.replace(/(?:^|_)(\w)/g, (_all, char: string) => char.toUpperCase());

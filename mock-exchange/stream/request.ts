/** What a client says on a private or trade connection, before anybody looks at what it means. */

export interface StreamRequest {
  op: string;
  args: unknown;
  /** As it is echoed: a number becomes a string. Undefined where none was sent. */
  reqId: string | undefined;
  header: Readonly<Record<string, unknown>>;
}

/** @returns The request, or the text that answers what is none. */
export function parseRequest(text: string, idName: "req_id" | "reqId"): StreamRequest | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    const found = text.trimStart().charAt(0);
    return `Failed to decode incoming data:readObjectStart: expect { or n, but found ${found}, error found in #1 byte`;
  }
  const { op, args, header, ...rest } = json as Record<string, unknown>;
  const id = rest[idName];
  return {
    op: typeof op === "string" ? op : "",
    args,
    reqId: typeof id === "string" || typeof id === "number" ? String(id) : undefined,
    header: typeof header === "object" && header !== null ? (header as Record<string, unknown>) : {},
  };
}

/** Reads a client's control frame. Whatever is wrong is answered with Bybit's text; the socket stays open. */

export interface ClientRequest {
  op: string;
  /** Echoed as a string, also where it was sent as a number. */
  reqId: string | undefined;
  args: string[];
}

const contextLetters = 20;

/** The request, or why it cannot be read. */
export function parseRequest(text: string): ClientRequest | { error: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { error: undecodable(text) };
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { error: undecodable(text) };
  const { op, req_id, args } = json as Record<string, unknown>;
  return {
    op: typeof op === "string" ? op : "",
    reqId: typeof req_id === "string" || typeof req_id === "number" ? String(req_id) : undefined,
    args: Array.isArray(args) ? args.map(nameOf) : [],
  };
}

/** Not every object can be made a string, so none is: it names no topic anyway. */
function nameOf(arg: unknown): string {
  if (typeof arg === "string") return arg;
  return typeof arg === "object" ? Object.prototype.toString.call(arg) : JSON.stringify(arg);
}

function undecodable(text: string): string {
  const near = text.slice(0, contextLetters);
  const found = text.trimStart().slice(0, 1) || "\\x00";
  return (
    `Failed to decode incoming data:readObjectStart: expect { or n, but found ${found}, ` +
    `error found in #1 byte of ...|${near}|..., bigger context ...|${near}|...`
  );
}

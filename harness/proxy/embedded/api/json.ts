/**
 * Reads the first JSON value of a body and says what is wrong with it in the words of Go's decoder, which a Toxiproxy
 * client sees in the error body. What follows the value is ignored, as there. Numbers keep their text and objects the
 * order of their members, because the errors quote the one and the effects depend on the other.
 */

import { badRequestBody } from "./errors.ts";

export type Json =
  | { kind: "null" }
  | { kind: "bool"; value: boolean }
  | { kind: "number"; text: string }
  | { kind: "string"; value: string }
  | { kind: "array"; items: Json[] }
  | { kind: "object"; members: [key: string, value: Json][] };

const depthMax = 1_000;
const escapes: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

export function readJson(body: Buffer): Json {
  // One character per byte: errors quote a byte, and only strings need decoding.
  return new Reader(body.toString("latin1")).first();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  first(): Json {
    this.#space();
    if (this.#at >= this.#text.length) throw badRequestBody("EOF");
    return this.#value(1);
  }

  #value(depth: number): Json {
    if (depth > depthMax) throw badRequestBody("exceeded max depth");
    this.#space();
    const char = this.#peek();
    if (char === "{") return this.#object(depth);
    if (char === "[") return this.#array(depth);
    if (char === '"') return { kind: "string", value: this.#string() };
    if (char === "-" || isDigit(char)) return { kind: "number", text: this.#number() };
    if (char === "t") return this.#literal("true", { kind: "bool", value: true });
    if (char === "f") return this.#literal("false", { kind: "bool", value: false });
    if (char === "n") return this.#literal("null", { kind: "null" });
    return this.#fail("looking for beginning of value");
  }

  #object(depth: number): Json {
    const members: [string, Json][] = [];
    this.#at += 1;
    this.#space();
    if (this.#take("}")) return { kind: "object", members };
    for (;;) {
      this.#space();
      if (this.#peek() !== '"') this.#fail("looking for beginning of object key string");
      const key = this.#string();
      this.#space();
      if (!this.#take(":")) this.#fail("after object key");
      members.push([key, this.#value(depth + 1)]);
      this.#space();
      if (this.#take("}")) return { kind: "object", members };
      if (!this.#take(",")) this.#fail("after object key:value pair");
    }
  }

  #array(depth: number): Json {
    const items: Json[] = [];
    this.#at += 1;
    this.#space();
    if (this.#take("]")) return { kind: "array", items };
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#space();
      if (this.#take("]")) return { kind: "array", items };
      if (!this.#take(",")) this.#fail("after array element");
    }
  }

  #string(): string {
    let value = "";
    this.#at += 1;
    for (;;) {
      const char = this.#peek();
      if (char === '"') break;
      if (char < " ") this.#fail("in string literal");
      this.#at += 1;
      value += char === "\\" ? this.#escape() : char;
    }
    this.#at += 1;
    return Buffer.from(value, "latin1").toString("utf8");
  }

  /** The escaped character as UTF-8 bytes, one character each, like the text around it. */
  #escape(): string {
    const char = this.#peek();
    if (char !== "u") {
      if (!'bfnrt\\/"'.includes(char)) this.#fail("in string escape code");
      this.#at += 1;
      return escapes[char] ?? char;
    }
    let code = this.#hex();
    const isHigh = code >= 0xd800 && code < 0xdc00;
    if (isHigh && /^\\u[dD][c-fC-F]/.test(this.#text.slice(this.#at, this.#at + 4))) {
      this.#at += 1;
      code = 0x10000 + ((code & 0x3ff) << 10) + (this.#hex() & 0x3ff);
    }
    return Buffer.from(String.fromCodePoint(code)).toString("latin1");
  }

  #hex(): number {
    this.#at += 1;
    const from = this.#at;
    while (this.#at < from + 4) {
      if (!/[\da-fA-F]/.test(this.#peek())) this.#fail("in \\u hexadecimal character escape");
      this.#at += 1;
    }
    return Number.parseInt(this.#text.slice(from, this.#at), 16);
  }

  #number(): string {
    const from = this.#at;
    this.#take("-");
    if (!this.#take("0")) this.#digits("in numeric literal");
    if (this.#take(".")) this.#digits("after decimal point in numeric literal");
    if (this.#take("e") || this.#take("E")) {
      if (!this.#take("+")) this.#take("-");
      this.#digits("in exponent of numeric literal");
    }
    return this.#text.slice(from, this.#at);
  }

  #digits(where: string): void {
    if (!isDigit(this.#peek())) this.#fail(where);
    while (isDigit(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #literal(word: string, json: Json): Json {
    for (const expected of word) {
      if (this.#peek() !== expected) this.#fail(`in literal ${word} (expecting '${expected}')`);
      this.#at += 1;
    }
    return json;
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #peek(): string {
    const char = this.#text[this.#at];
    if (char === undefined) throw badRequestBody("unexpected EOF");
    return char;
  }

  #fail(where: string): never {
    throw badRequestBody(`invalid character ${quote(this.#peek())} ${where}`);
  }
}

const isDigit = (char: string): boolean => char >= "0" && char <= "9";

function quote(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "\b": "\\b", "\f": "\\f" }[char];
  if (named !== undefined) return `'${named}'`;
  return char < " " || char === "\x7f" ? `'\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}'` : `'${char}'`;
}

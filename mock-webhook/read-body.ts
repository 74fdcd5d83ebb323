/** Reads what a webhook is sent: JSON, or a form whose `payload_json` is JSON, with files beside it. */

import { Busboy } from "@fastify/busboy";
import { refusal, type Reply } from "./reply.ts";

export interface Body {
  value: unknown;
  files: number;
}

const badForm = refusal(400, 50_035, "Invalid Form Body");
const badJson = refusal(400, 50_109, "The request body contains invalid JSON.");
const noType = refusal(400, 50_035, "Invalid Form Body", {
  _errors: [{ code: "CONTENT_TYPE_INVALID", message: "Expected application/json or multipart/form-data" }],
});

export async function readBody(bytes: Buffer, contentType: string): Promise<Body | Reply> {
  if (contentType.startsWith("application/json")) return fromJson(bytes.toString("utf8"), 0);
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/.test(contentType)) return noType;
  try {
    const { texts, files } = await readForm(bytes, contentType);
    const payload = texts.get("payload_json");
    return payload === undefined ? { value: Object.fromEntries(texts), files } : fromJson(payload, files);
  } catch {
    return badForm;
  }
}

function readForm(bytes: Buffer, contentType: string): Promise<{ texts: Map<string, string>; files: number }> {
  return new Promise((resolve, reject) => {
    const texts = new Map<string, string>();
    let files = 0;
    const form = new Busboy({ headers: { "content-type": contentType } });
    form.on("field", (name, value) => void texts.set(name, value));
    form.on("file", (_name, file) => {
      files += 1;
      file.resume();
    });
    form.on("error", reject);
    form.on("finish", () => resolve({ texts, files }));
    form.end(bytes);
  });
}

function fromJson(text: string, files: number): Body | Reply {
  try {
    return { value: JSON.parse(text) as unknown, files };
  } catch {
    return badJson;
  }
}

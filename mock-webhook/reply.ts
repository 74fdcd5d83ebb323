/** What the sink answers, and Discord's bodies for what it does not take. */

export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Of a 429. */
  retryAfterMs?: number;
  /** Of a refusal, for the journal. */
  said?: string;
}

export const noContent: Reply = { status: 204, headers: {}, body: "" };

export const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

/** @param code Discord's own, from its list of JSON error codes. */
export const refusal = (status: number, code: number, message: string, errors?: object): Reply => ({
  ...json(status, { message, code, ...(errors === undefined ? {} : { errors }) }),
  said: errors === undefined ? message : `${message}: ${JSON.stringify(errors)}`,
});

export const unknownWebhook = refusal(404, 10_015, "Unknown Webhook");
export const invalidToken = refusal(401, 50_027, "Invalid Webhook Token");

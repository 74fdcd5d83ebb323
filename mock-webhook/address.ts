/** Where the webhook is: like Discord's own address, it holds the id and the secret token, and has to be given whole. */

export const webhook = { id: "1431752389021532270", token: "firedrill-webhook-token" };
export const channelId = "1431752389021532200";

/** Below the host. */
export const webhookPath = `/api/webhooks/${webhook.id}/${webhook.token}`;

/** Its id, its token and the query of a URL, with or without a version of the API. */
export const path = /^\/api(?:\/v\d+)?\/webhooks\/([^/?]+)\/([^/?]+)\/?(\?.*)?$/;

/** Codes that a server may put into a close frame (RFC 6455, 7.4): 1004 to 1006 are reserved for what never is in one. */

export const isSendable = (code: number): boolean =>
  (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);

export const sendableCodes = "allowed are 1000 to 1003, 1007 to 1014 and 3000 to 4999";

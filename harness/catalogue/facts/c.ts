/** Report C: webhook alerts time out, and "Session is closed". */

import type { ReportFacts } from "../facts.ts";

const noTrial = {
  level: "How loudly a client says something is its own; only that a webhook is gone has to be in the log.",
  production: "It asks for figures of production, which Firedrill does not have.",
  rollback: "A decision after the fact, no incident.",
};

export default {
  report: "C",
  facts: {
    C1: { says: "the report's date is six months before its logs", why: "A slip of the pen; nothing happens in it." },
    C2: { says: "alert timed out after 30 seconds (attempt 4)", trials: ["webhook-timeout/hang", "webhook-hang"] },
    C3: { says: "alert failed after all retry attempts", trials: ["webhook-timeout/hang"] },
    C4: { says: "no breaker, too many attempts", trials: ["webhook-timeout/hang", "webhook-timeout/500"] },
    C5: { says: "lists make payloads too large", trials: ["webhook-oversize/tickers"] },
    C6: { says: "timeout 30 s to 10 s, still four attempts", trials: ["webhook-timeout/hang", "webhook-hang"] },
    C7: { says: "the breaker is open for 300 s", trials: ["webhook-timeout/hang"] },
    C8: { says: "five minutes from the last success", trials: ["webhook-timeout/hang"] },
    C9: { says: "after it closes three more alerts, no single probe", trials: ["webhook-timeout/hang"] },
    C10: {
      says: "only a timeout counts",
      trials: ["webhook-timeout/500", "webhook-timeout/reset", "webhook-timeout/no-address"],
    },
    C11: { says: "success is 200 or 204", why: "Every scenario has 204; that 200 is success, too, is tried by none." },
    C12: { says: "skipping is logged at DEBUG, opening at WARNING", why: noTrial.level },
    C13: {
      says: "a list over five is summarised",
      why: "What is in an alert is the client's own: a unit test of ours.",
    },
    C14: {
      says: "over 5,000 characters fields go, three stay",
      why: "How many fields an alert has is the client's own: a unit test of ours.",
    },
    C15: { says: "it says that the payload was cut", trials: ["webhook-oversize/tickers"] },
    C16: { says: "the circuit closes after five minutes", trials: ["webhook-timeout/hang"] },
    C17: { says: "Session is closed, three symbols", trials: ["rest-session-closed"] },
    C18: { says: "a race of the session, no retry", trials: ["rest-session-closed"] },
    C19: { says: "two retries", trials: ["rest-session-closed"] },
    C20: { says: "waits between them", trials: ["rest-session-closed"] },
    C21: { says: "fewer than ten candles are a failure", why: "No trial has a symbol with five candles yet." },
    C22: { says: "the retry asks the same closed session", why: "No trial ends a client's session from outside." },
    C23: { says: "the other symbols go on", trials: ["rest-session-closed"] },
    C24: { says: "test: opens after three failures", trials: ["webhook-timeout/hang"] },
    C25: { says: "test: closes after five minutes", trials: ["webhook-timeout/hang"] },
    C26: { says: "test: alerts are skipped while it is open", trials: ["webhook-timeout/hang"] },
    C27: { says: "test: network trouble while liquidations are detected", why: "No trial has both at once yet." },
    C28: { says: "test: retries with proper delays", trials: ["rest-session-closed"] },
    C29: { says: "test: retries exhausted", trials: ["rest-session-closed"] },
    C30: { says: "watch success and delivery rates", why: noTrial.production },
    C31: { says: "watch session errors and error rates", why: noTrial.production },
    C32: { says: "alert on changes of the breaker", trials: ["webhook-timeout/hang"] },
    C33: { says: "the URL is checked before production", why: "No trial has a webhook that is gone at the start." },
    C34: { says: "10 s may be too short", trials: ["webhook-slow/answered-late"] },
    C35: { says: "the breaker may lose critical alerts", trials: ["webhook-back/503"] },
    C36: { says: "retries out if they cause excessive calls", why: noTrial.rollback },
    C37: { says: "Discord's limits", trials: ["webhook-oversize/tickers", "webhook-rate-limit/route-30s"] },
  },
} satisfies ReportFacts;

/** Report B: the signal feed is closed with 1000, and the bot is two hours blind after a stop of 47 minutes. */

import type { ReportFacts } from "../facts.ts";

const night = "outage-2025-10-22";
const idle = "signal-closed-while-idle";
const onRequest = [
  "signal-close-by-request/get_signals",
  "signal-close-by-request/get_stats",
  "signal-close-by-request/ping",
];
const restart = "signal-bot-restart";
const healthy = "signal-healthy-wait";
const silent = "signal-no-answer";

export default {
  report: "B",
  facts: {
    B1: { says: "last wave processed 02:05:07", trials: [night, "wave-latency/healthy"] },
    B2: { says: "wave processed in 4430 ms", trials: ["wave-latency/healthy"] },
    B3: { says: "6 successful, 0 failed, 1 skipped", trials: [night] },
    B4: { says: "3 h 5 min without a trade", trials: [night] },
    B5: { says: "about 13 missed waves", trials: [night] },
    B6: { says: "5 to 7 signals a wave, 65 to 91 missed", trials: [night] },
    B7: { says: "70 % success, 45 to 63 positions not opened", trials: [night] },
    B8: { says: "$200 a position, $10,000 not deployed", trials: [night] },
    B9: { says: "Failed to request signals: received 1000 (OK), state unchanged", trials: ["signal-close-1000", idle] },
    B10: { says: "the connection closes on request_signals()", trials: ["signal-close-1000", night] },
    B11: { says: "the receive loop ended in silence at 1000", trials: [idle] },
    B12: { says: "02:06:07 SIGINT, 02:52:56 restart", trials: [night] },
    B13: { says: "clean stop within 69 ms", trials: [restart] },
    B14: { says: "291 signals 0.08 s after the connection", trials: [night, healthy] },
    B15: { says: "waiting 722 s until next wave check at 23:05 UTC", trials: [healthy] },
    B16: { says: "wave 22:45 at 03:05 local, wrong date", trials: [night, restart] },
    B17: { says: "04:20 is wave 00:00, and on to 05:05", trials: [night] },
    B18: {
      says: "asked every 2 s, still 3 min 54 s after the check",
      trials: ["signal-late-wave/3-min", "signal-late-wave/6-min"],
    },
    B19: { says: "an ERROR line every 2 s for 2 h", why: "No check counts a client's log lines about the feed yet." },
    B20: { says: "a buffer of 0", trials: [night] },
    B21: { says: "TCP ESTABLISHED to port 8765", trials: ["signal-close-by-request/tcp-left-open"] },
    B22: { says: "the signal server runs all the time, and listens", trials: [night] },
    B23: { says: "degraded: no signals processed yet, from 02:52:59", trials: [healthy] },
    B24: { says: "12 consecutive failures by 02:58, 22 by 03:03", trials: [healthy] },
    B25: {
      says: "event log health_check_failed",
      why: "What a client's health check is called is its own; that it acts rightly is judged.",
    },
    B26: { says: "detected, no automatic recovery", trials: [silent] },
    B27: { says: "restarted manually or by a supervisor", trials: [restart] },
    B28: { says: "hypothesis: the server closes after a timeout", trials: ["signal-idle-close", idle] },
    B29: { says: "hypothesis: auth expires", trials: ["signal-auth-expiry/closed-4001", "signal-auth-expiry/ignored"] },
    B30: { says: "hypothesis: get_signals is not handled", trials: [silent] },
    B31: { says: "hypothesis: an object is stale after the restart", trials: [restart] },
    B32: {
      says: "hypothesis: the server restarted at the same time",
      trials: ["signal-server-restart/killed", "signal-server-restart/stopped"],
    },
    B33: { says: "REST polling, position management, trailing stops go on", trials: ["outage-rest-goes-on"] },
    B34: {
      says: "database, positions, stop losses intact",
      why: "The books are compared in the scenarios of the private stream; stop losses in none.",
    },
    B35: { says: "fix 1: a send error means disconnected", trials: ["signal-idle-close"] },
    B36: { says: "fix 2: the wave is not in the past", trials: [healthy] },
    B37: { says: "fix 2: older than 1 h gets today's date", trials: [restart, night] },
    B38: { says: "reconnect in request_signals, request_stats, ping alike", trials: onRequest },
    B39: { says: "exponential backoff of reconnects", trials: ["signal-close-by-request/down-10-min"] },
    B40: { says: "after N failures reconnect and alert", trials: [silent] },
    B41: { says: "test 1: kill the server, start it, signals flow", trials: ["signal-server-restart/killed"] },
    B42: { says: "test 2: SIGINT, 30 min, first wave", trials: [restart] },
    B43: {
      says: "test 3: interruption by iptables or tcpkill",
      trials: ["signal-network-cut/dropped", "signal-network-cut/reset"],
    },
    B44: {
      says: "after the fix: monitor for 24 h",
      why: "A day of production; the longest replay on signals is five and a half hours.",
    },
  },
} satisfies ReportFacts;

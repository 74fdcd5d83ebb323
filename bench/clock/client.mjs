/**
 * Listens to ticks and asks each 2 s for what takes 150 ms; when it is told to stop, it prints how long each answer took by
 * its own clock, and how old each tick was. `argv`: the port.
 */
import { Agent, get } from "node:http";

const [port = ""] = process.argv.slice(2);
const host = { host: "127.0.0.1", port, agent: new Agent({ keepAlive: true }) };
const answerMs = [];
const ageMs = [];

get({ ...host, path: "/ticks", agent: false }, (ticks) => {
  ticks.setEncoding("utf8").on("data", (dates) => {
    for (const date of dates.trim().split("\n")) ageMs.push(Date.now() - Number(date));
  });
  console.log("up");
});
setInterval(() => {
  const from = performance.now();
  get({ ...host, path: "/" }, (answer) => answer.resume().on("end", () => answerMs.push(performance.now() - from)));
}, 2_000);
process.on("SIGTERM", () => {
  console.log(JSON.stringify({ answerMs, ageMs }));
  process.exit();
});

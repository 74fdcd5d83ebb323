// Opens so many WebSockets as bare TCP sockets that throw away what they read, or leave it, and says when all are open.

import { connect } from "node:net";

const [port, count] = process.argv.slice(2, 4).map(Number);
const reading = process.argv[4] !== "false";
const request =
  "GET /v5/public/linear HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
let open = 0;
// A socket that is not read does not keep a process.
setInterval(() => undefined, 60_000);

function dial() {
  const socket = connect(port, "127.0.0.1", () => socket.write(request));
  // Its server has cut it, which is what the bench of slow subscribers is about.
  socket.on("error", () => socket.destroy());
  socket.once("data", () => {
    open += 1;
    if (open === count) process.stdout.write("open\n");
    else if (open + 50 <= count) dial();
    if (reading) socket.resume();
    else socket.pause();
  });
}

for (let at = 0; at < Math.min(50, count); at += 1) dial();

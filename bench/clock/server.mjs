/** Answers after 150 ms, and sends a tick each 100 ms to whoever asks for /ticks; prints its port. */
import { createServer } from "node:http";

const answerMs = 150;
const tickMs = 100;

const server = createServer((request, response) => {
  if (request.url === "/ticks") {
    // The client is up when it has the head, and the clock is held until it is.
    response.flushHeaders();
    const ticks = setInterval(() => response.write(`${Date.now()}\n`), tickMs);
    request.socket.on("close", () => clearInterval(ticks));
  } else setTimeout(() => response.end(), answerMs);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
// At a factor of hundreds an idle connection would be closed in the middle of the next request.
server.keepAliveTimeout = 0;

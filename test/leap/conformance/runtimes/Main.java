import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sleeps, executors, queues, sockets and the HTTP client: what Java does with time. One JSON line says what it saw. */
final class Main {
  interface Call {
    void run() throws Exception;
  }

  static final List<String> saw = new ArrayList<>();

  static void timed(String name, Call call) throws Exception {
    final long before = System.nanoTime();
    call.run();
    saw.add("\"" + name + "\":" + (System.nanoTime() - before) / 1e6);
  }

  public static void main(String[] arguments) throws Exception {
    final Instant start = Instant.now();
    final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    timed("sleep", () -> Thread.sleep(60_000));
    final var executor = Executors.newScheduledThreadPool(3);
    for (final int seconds : new int[] {300, 100, 200})
      executor.schedule(() -> order.add(seconds), seconds, TimeUnit.SECONDS);
    timed("threads", () -> {
      executor.shutdown();
      if (!executor.awaitTermination(1, TimeUnit.HOURS)) throw new IllegalStateException("not over");
    });
    timed("queue", () -> new ArrayBlockingQueue<String>(1).poll(60, TimeUnit.SECONDS));
    timed("park", () -> LockSupport.parkNanos(60_000_000_000L));
    final Object monitor = new Object();
    timed("monitor", () -> {
      synchronized (monitor) {
        monitor.wait(60_000);
      }
    });
    try (ServerSocket silent = new ServerSocket(0); Socket socket = new Socket("127.0.0.1", silent.getLocalPort())) {
      socket.setSoTimeout(60_000);
      timed("recv", () -> {
        try {
          socket.getInputStream().read();
        } catch (SocketTimeoutException expected) {
          return;
        }
        throw new IllegalStateException("it said something");
      });
    }
    final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(run -> {
      final Thread thread = new Thread(run);
      thread.setDaemon(true);
      return thread;
    }));
    server.createContext("/", exchange -> {
      try {
        Thread.sleep(exchange.getRequestURI().getPath().equals("/never") ? 3_600_000 : 150);
      } catch (InterruptedException over) {
        return;
      }
      exchange.sendResponseHeaders(200, 1);
      exchange.getResponseBody().write('x');
      exchange.close();
    });
    server.start();
    final URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    final HttpClient client = HttpClient.newHttpClient();
    final List<Double> answers = new ArrayList<>();
    client.send(HttpRequest.newBuilder(root).build(), HttpResponse.BodyHandlers.ofString());
    for (int i = 0; i < 20; i += 1) {
      final long sent = System.nanoTime();
      client.send(HttpRequest.newBuilder(root).build(), HttpResponse.BodyHandlers.ofString());
      answers.add((System.nanoTime() - sent) / 1e6);
    }
    timed("timeout", () -> {
      try {
        client.send(
            HttpRequest.newBuilder(root.resolve("/never")).timeout(Duration.ofSeconds(60)).build(),
            HttpResponse.BodyHandlers.ofString());
      } catch (HttpTimeoutException expected) {
        return;
      }
      throw new IllegalStateException("it was answered");
    });
    final long all = Duration.between(start, Instant.now()).toMillis();
    System.out.println(
        "{\"startMs\":" + start.toEpochMilli() + ",\"order\":" + order + ",\"answersMs\":" + answers + ",\"saw\":{"
            + String.join(",", saw) + "},\"allMs\":" + all + "}");
    server.stop(0);
    System.exit(0);
  }
}

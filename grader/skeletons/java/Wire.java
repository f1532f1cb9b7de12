import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sockets, lines and timers for Main.java. This part is complete: read it once, there is no need to change it.
 *
 * <p>pblab/1 is JSON-RPC 2.0 over Unix sockets, one JSON object a line. The name of a program is the path of its
 * socket. pblab/reference/protocol.md describes all messages.
 */
final class Wire {
  static final long PING_INTERVAL_MS = setting("PBLAB_PING_INTERVAL_MS", 100);

  /** A server is dead after this many ping intervals without a ping. */
  static final long DEAD_PINGS = setting("PBLAB_DEAD_PINGS", 5);

  // Error codes of pblab/1.
  static final int NOT_PRIMARY = -32001;
  static final int NOT_READY = -32002;
  static final int UNKNOWN_METHOD = -32601;
  static final int BAD_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;

  /** The other side answered with an error. A handler throws it to answer with one. */
  static class Refused extends Exception {
    final int code;

    Refused(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  /** A part of the lab that is still to be written. */
  static class NotWritten extends Refused {
    NotWritten(String what) {
      super(UNKNOWN_METHOD, "not written yet: " + what);
    }
  }

  /** A call got no answer. The other side may have executed it, or may still do so. */
  static class NoAnswer extends Exception {
    NoAnswer(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Takes the params of a method and gives its result. */
  interface Handler {
    Map<String, Object> handle(Map<String, Object> params) throws Exception;
  }

  interface Task {
    void run() throws Exception;
  }

  /** Writes to standard error, which pblab shows beside a failure. */
  static void log(Object text) {
    System.err.println(text);
  }

  /** The result of one call on a connection of its own. 0 as the limit waits for ever. */
  static Map<String, Object> call(String name, String method, Map<String, Object> params, long limitMs)
      throws NoAnswer, Refused, InterruptedException {
    Map<String, Object> reply;
    try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      if (limitMs == 0) {
        reply = converse(connection, name, method, params);
      } else {
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        start(() -> complete(answer, () -> converse(connection, name, method, params)));
        // Leaving this block closes the connection, which ends the thread.
        reply = answer.get(limitMs, TimeUnit.MILLISECONDS);
      }
    } catch (IOException | RuntimeException | ExecutionException | TimeoutException error) {
      throw new NoAnswer(method + " to " + name + ": " + error, error);
    }
    if (reply.get("error") instanceof Map<?, ?> error) {
      throw new Refused(((Long) error.get("code")).intValue(), (String) error.get("message"));
    }
    return object(reply.get("result"));
  }

  private interface Supplier<T> {
    T get() throws Exception;
  }

  private static <T> void complete(CompletableFuture<T> future, Supplier<T> work) {
    try {
      future.complete(work.get());
    } catch (Exception error) {
      future.completeExceptionally(error);
    }
  }

  private static Map<String, Object> converse(
      SocketChannel connection, String name, String method, Map<String, Object> params)
      throws IOException {
    connection.connect(UnixDomainSocketAddress.of(name));
    send(connection, Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params));
    String line = linesOf(connection).readLine();
    if (line == null) throw new IOException("the connection ended before the answer");
    return object(Json.parse(line));
  }

  /** Answers calls for ever. */
  static void serve(String me, Map<String, Handler> handlers) throws IOException {
    Files.deleteIfExists(Path.of(me));
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(me), 128);
    while (true) {
      SocketChannel connection = listener.accept();
      start(() -> attend(connection, handlers));
    }
  }

  private static void attend(SocketChannel connection, Map<String, Handler> handlers) {
    try (connection) {
      BufferedReader lines = linesOf(connection);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        send(connection, answerTo(object(Json.parse(line)), handlers));
      }
    } catch (IOException | RuntimeException gone) {
      // The caller has gone, or has sent something that is not JSON.
    }
  }

  private static Map<String, Object> answerTo(
      Map<String, Object> request, Map<String, Handler> handlers) {
    Map<String, Object> reply = new HashMap<>(Map.of("jsonrpc", "2.0"));
    reply.put("id", request.get("id"));
    try {
      Handler handler = handlers.get((String) request.get("method"));
      if (handler == null) {
        throw new Refused(UNKNOWN_METHOD, "unknown method " + request.get("method"));
      }
      reply.put("result", handler.handle(object(request.get("params"))));
    } catch (Refused refused) {
      reply.put("error", Map.of("code", refused.code, "message", refused.getMessage()));
    } catch (Exception error) {
      error.printStackTrace();
      reply.put("error", Map.of("code", INTERNAL_ERROR, "message", error.toString()));
    }
    return reply;
  }

  /** Calls `tick` in a thread of its own, with a pause of the interval after each call. Tells each failure once. */
  static void every(long intervalMs, Task tick) {
    Set<String> told = new HashSet<>();
    start(
        () -> {
          while (true) {
            try {
              tick.run();
            } catch (Refused | NoAnswer failure) {
              if (told.add(failure.getMessage())) log(failure.getMessage());
            } catch (Exception error) {
              error.printStackTrace();
            }
            pause(intervalMs);
          }
        });
  }

  /** What a clerk can do. */
  interface Operations {
    String get(String key) throws Exception;

    /** The value before it, which only puthash needs. */
    String update(String op, String key, String value) throws Exception;
  }

  /** Reads one operation a line from standard input, and writes one answer a line to standard output. */
  static void serveClerk(Operations clerk) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      out.print(Json.write(answerTo(object(Json.parse(line)), clerk)) + "\n");
      // Without it the answer would stay in this process.
      out.flush();
    }
  }

  private static Map<String, Object> answerTo(Map<String, Object> request, Operations clerk) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("id", request.get("id"));
    try {
      String op = (String) request.get("op");
      String key = (String) request.get("key");
      if (op.equals("get")) answer.put("value", clerk.get(key));
      else {
        String before = clerk.update(op, key, (String) request.get("value"));
        if (op.equals("puthash")) answer.put("value", before);
      }
      answer.put("ok", true);
    } catch (Exception error) {
      if (!(error instanceof Refused || error instanceof NoAnswer)) error.printStackTrace();
      answer.put("ok", false);
      answer.put("error", String.valueOf(error.getMessage()));
    }
    return answer;
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException never) {
      throw new AssertionError(never);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private static BufferedReader linesOf(SocketChannel connection) {
    return new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
  }

  private static void send(SocketChannel connection, Map<String, Object> message)
      throws IOException {
    ByteBuffer line = ByteBuffer.wrap((Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) connection.write(line);
  }

  /**
   * A JSON object, such as the view in a result: Wire.object(result.get("view")). What is not one is a
   * ClassCastException.
   */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  private static long setting(String name, long preset) {
    String value = System.getenv(name);
    return value == null ? preset : Long.parseLong(value);
  }
}

import java.util.Map;

/**
 * Your view service, server and clerk. Sockets, lines and timers are done, in Wire.java; JSON in Json.java.
 *
 *     java -cp classes Main view SELF           the view service, which listens on the socket SELF
 *     java -cp classes Main server VIEW SELF    a server; VIEW is the socket of the view service
 *     java -cp classes Main clerk VIEW          reads operations from standard input
 *
 * What is missing is marked TODO. Until it is written it throws NotWritten, and pblab shows those words.
 * Write messages for yourself with Wire.log(): standard output of a clerk belongs to its answers.
 */
public class Main {
  /** An absent server is "". */
  record View(long viewnum, String primary, String backup) {
    Map<String, Object> toJson() {
      return Map.of("view", Map.of("viewnum", viewnum, "primary", primary, "backup", backup));
    }
  }

  /** Decides who is primary and who is backup. Handlers and tick() run in threads of their own. */
  static class ViewService {
    /** Before the first ping there is view 0, without members. */
    private View view = new View(0, "", "");
    // TODO: what you keep of each server, such as when it last pinged.

    synchronized Map<String, Object> ping(Map<String, Object> params) throws Wire.Refused {
      String server = (String) params.get("server");
      long viewnum = (Long) params.get("viewnum");
      // TODO: `server` is alive and works in view `viewnum`; 0 says that it has just started, without data.
      // Change view if the rules say so, and return view.toJson().
      throw new Wire.NotWritten("view.ping (ViewService.ping in Main.java)");
    }

    synchronized Map<String, Object> get(Map<String, Object> params) {
      return view.toJson();
    }

    synchronized void tick() {
      // TODO: called once per ping interval. Which servers have not pinged for Wire.DEAD_PINGS intervals?
    }
  }

  /** Holds keys and values. Handlers and tick() run in threads of their own. */
  static class Server {
    private final String viewService;
    private final String me;
    // TODO: the store, the view that you know, and what you need to recognise a retry. Several threads use them.

    Server(String viewService, String me) {
      this.viewService = viewService;
      this.me = me;
    }

    Map<String, Object> get(Map<String, Object> params) throws Exception {
      String key = (String) params.get("key");
      // TODO: return Map.of("value", ...), "" for a missing key, or throw new Wire.Refused(Wire.NOT_PRIMARY, "why").
      throw new Wire.NotWritten("kv.get (Server.get in Main.java)");
    }

    Map<String, Object> update(Map<String, Object> params) throws Exception {
      String op = (String) params.get("op");
      String key = (String) params.get("key");
      String value = (String) params.get("value");
      String client = (String) params.get("client");
      long sequence = (Long) params.get("sequence");
      // TODO: return Map.of() when it is done, Map.of("value", before) for puthash.
      // A retry comes with the same client and sequence.
      throw new Wire.NotWritten("kv.update (Server.update in Main.java)");
    }

    // TODO: what servers ask each other is yours to invent: forwards, the transfer to a new backup.
    // Write a handler for each, and give it a name in main().

    void tick() throws Exception {
      // TODO: called once per ping interval. Ping the view service:
      //   Wire.call(viewService, "view.ping", Map.of("server", me, "viewnum", ...), limitMs)
      throw new Wire.NotWritten("the ping of a server (Server.tick in Main.java)");
    }
  }

  /** Asks servers on behalf of a client. It does one operation at a time. */
  static class Clerk implements Wire.Operations {
    private final String viewService;
    // TODO: an id that no other clerk has, the number of the last update, the view that you know.

    Clerk(String viewService) {
      this.viewService = viewService;
    }

    @Override
    public String get(String key) throws Exception {
      // TODO: find the primary, call its "kv.get", and return the value.
      throw new Wire.NotWritten("get (Clerk.get in Main.java)");
    }

    @Override
    public String update(String op, String key, String value) throws Exception {
      // TODO: find the primary and call its "kv.update". Return only when it is done: the value before for puthash.
      throw new Wire.NotWritten(op + " (Clerk.update in Main.java)");
    }
  }

  public static void main(String[] words) throws Exception {
    switch (words[0]) {
      case "view" -> {
        ViewService service = new ViewService();
        Wire.every(Wire.PING_INTERVAL_MS, service::tick);
        Wire.serve(words[1], Map.of("view.ping", service::ping, "view.get", service::get));
      }
      case "server" -> {
        Server server = new Server(words[1], words[2]);
        Wire.every(Wire.PING_INTERVAL_MS, server::tick);
        Wire.serve(words[2], Map.of("kv.get", server::get, "kv.update", server::update));
      }
      case "clerk" -> Wire.serveClerk(new Clerk(words[1]));
      default -> throw new IllegalArgumentException("unknown role " + words[0]);
    }
  }
}

// Does what servers do: threads, child processes, sockets. Prints `ok`.

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

public class Ordinary {
  static void check(boolean holds) {
    if (!holds) throw new IllegalStateException();
  }

  static void children() throws Exception {
    Process child = new ProcessBuilder("sh", "-c", "echo child | cat").start();
    check(new String(child.getInputStream().readAllBytes()).equals("child\n"));
    check(child.waitFor() == 0);
    Process sleeper = new ProcessBuilder("sleep", "1000").start();
    sleeper.destroyForcibly();
    check(sleeper.waitFor(10, TimeUnit.SECONDS));
  }

  static void sockets() throws Exception {
    Path folder = Files.createTempDirectory("ordinary-");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel client = SocketChannel.open(address); SocketChannel peer = server.accept()) {
        client.write(ByteBuffer.wrap("x".getBytes()));
        check(peer.read(ByteBuffer.allocate(1)) == 1);
      }
    }
    Files.delete(folder.resolve("socket"));
    Files.delete(folder);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, server.getLocalPort())) {
      server.accept().close();
      check(client.getInputStream().read() == -1);
    }
    check(NetworkInterface.getNetworkInterfaces() != null);
  }

  public static void main(String[] arguments) throws Exception {
    var pool = Executors.newFixedThreadPool(8);
    for (int task = 0; task < 100; task++) pool.submit(Thread::yield);
    pool.shutdown();
    check(pool.awaitTermination(10, TimeUnit.SECONDS));
    children();
    sockets();
    System.out.println("ok");
  }
}

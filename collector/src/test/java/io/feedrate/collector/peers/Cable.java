package io.feedrate.collector.peers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP connection to a peer that can be cut and mended: while it is cut, connections break and new
 * ones are refused.
 */
public final class Cable implements Closeable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /** A cable to {@code target} on the loopback address. */
  public Cable(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The end to connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  public void cut() {
    cut = true;
    open.forEach(Cable::closeQuietly);
  }

  public void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    cut();
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        if (cut) {
          closeQuietly(near);
          continue;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(near);
        open.add(far);
        start(() -> pump(near, far));
        start(() -> pump(far, near));
      } catch (IOException e) {
        Thread.onSpinWait(); // the peer is away, or the cable was closed
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      open.remove(from);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

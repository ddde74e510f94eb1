package io.feedrate.simulator;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cable: it listens on one port and passes bytes on to another, in both directions, until it is
 * cut. The port stays taken while cut, so that nobody else gets it; connections to it are reset.
 *
 * <p><b>Thread</b>: {@link #cut}, {@link #silence} and {@link #restore} from any thread but the
 * event loop's; their effect is complete when they return.
 */
// A write or connect that fails closes its channel, and that is handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class Relay implements AutoCloseable {
  private enum State {
    WHOLE,
    SILENT,
    CUT
  }

  private final Bootstrap connector;
  private final Channel listener;
  private final Set<Channel> ends = ConcurrentHashMap.newKeySet();
  private volatile InetSocketAddress target = new InetSocketAddress(0);
  private volatile State state = State.WHOLE;

  /** Listens at once; {@link #connectTo} must follow before the first connection. */
  Relay(EventLoopGroup loops, String bind, int port) {
    connector =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel server) {
                    // Its handler comes when both ends are there.
                  }
                });
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    accept(client);
                  }
                })
            .bind(bind, port)
            .syncUninterruptibly()
            .channel();
  }

  void connectTo(InetSocketAddress address) {
    target = address;
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Number of open connections, both ends of each. */
  int openEnds() {
    return ends.size();
  }

  void cut() {
    state = State.CUT;
    for (Channel end : ends) {
      // On the event loop, so that the other end's close does not come half way through.
      end.eventLoop().submit(() -> reset(end)).syncUninterruptibly();
      end.closeFuture().syncUninterruptibly();
    }
  }

  void silence() {
    state = State.SILENT;
    setReading(false);
  }

  void restore() {
    state = State.WHOLE;
    setReading(true);
  }

  private void setReading(boolean on) {
    for (Channel end : ends) {
      // On the event loop, so that no read is half way through when this returns.
      end.eventLoop().submit(() -> end.config().setAutoRead(on)).syncUninterruptibly();
    }
  }

  private void accept(SocketChannel client) {
    if (state == State.CUT) {
      reset(client);
      return;
    }
    // Both ends on one event loop, so that neither needs a lock.
    connector
        .clone(client.eventLoop())
        .connect(target)
        .addListener(
            (ChannelFutureListener)
                future -> {
                  if (future.isSuccess() && client.isOpen() && state != State.CUT) {
                    join(client, future.channel());
                  } else {
                    reset(client);
                    reset(future.channel());
                  }
                });
  }

  private void join(Channel client, Channel server) {
    ends.add(client);
    ends.add(server);
    client.closeFuture().addListener(closed -> ends.remove(client));
    server.closeFuture().addListener(closed -> ends.remove(server));
    client.pipeline().addLast(new Forward(server));
    server.pipeline().addLast(new Forward(client));
    if (state == State.CUT) {
      reset(client);
      reset(server);
    } else if (state == State.WHOLE) {
      client.config().setAutoRead(true);
      server.config().setAutoRead(true);
    }
  }

  private static ChannelFuture reset(Channel channel) {
    if (channel.isOpen()) {
      // Linger 0 makes the close a reset: what is under way is lost, as with a real cut.
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    return channel.close();
  }

  @Override
  public void close() {
    state = State.CUT;
    listener.close().syncUninterruptibly();
    ends.forEach(end -> end.close().syncUninterruptibly());
  }

  /** Writes to the other end what it reads, no faster than that takes it. */
  private final class Forward extends ChannelInboundHandlerAdapter {
    private final Channel other;

    Forward(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (other.isActive()) {
        other.write(message);
      } else {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      other.flush();
      if (!other.isWritable()) {
        context.channel().config().setAutoRead(false);
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable() && state == State.WHOLE) {
        other.config().setAutoRead(true);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (state != State.CUT) {
        other.flush();
      }
      other.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}

package org.postroom.net;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * HTTP to addresses that people typed. A name is looked up once, and the connection goes to the
 * very address that was found to be allowed: a name that changes its mind in between leads nowhere.
 * Redirects are not followed, proxies not used; each call has a connection of its own (RFC 9112).
 */
@Component
public class GuardedWeb {
  private static final int CONNECT_MILLIS = 10_000;
  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  /** The setting that is to be changed where the answer says so. */
  public static final String NOT_ALLOWED = "a private network that is not allowed here";

  private final Trust trust;
  private final Reach reach;
  private final Names names;

  @Autowired
  public GuardedWeb(Settings settings, Reach reach) {
    this(Trust.of(settings), reach, Names.Lookup.SYSTEM);
  }

  /** For tests and programs without Spring. */
  public GuardedWeb(Trust trust, Reach reach, Names.Lookup lookup) {
    this.trust = trust;
    this.reach = reach;
    this.names = new Names(lookup);
  }

  /**
   * Never throws; of the answer's body at most {@link Call#mostBytes()} are read, the rest is left.
   */
  public Answer send(Call call) {
    long began = System.nanoTime();
    var sent = new AtomicBoolean();
    var socket = new AtomicReference<@Nullable Socket>();
    var talk = new FutureTask<Answer>(() -> talk(call, sent, socket, began));
    Thread.ofVirtual().name("guarded-web").start(talk);
    try {
      return talk.get(call.limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooLate) {
      String what =
          call.uri().getHost() + " did not answer within " + call.limit().toSeconds() + " seconds.";
      return new Answer.Failed(Answer.Step.TIMEOUT, what, sent.get(), since(began));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Answer.Failed(Answer.Step.TALK, "Postroom is stopping.", sent.get(), since(began));
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return Web.Trouble.of(call, cause, sent.get(), since(began));
    } finally {
      talk.cancel(true);
      close(socket.get());
    }
  }

  /**
   * Why this address cannot be called, as far as can be told now; null where it can. A name that
   * nobody knows yet is no reason.
   */
  public @Nullable String whyNot(URI uri) {
    try {
      allowed(uri);
      return null;
    } catch (NotAllowed refused) {
      return refused.getMessage();
    } catch (UnknownHostException notYet) {
      return null;
    }
  }

  private Answer talk(
      Call call, AtomicBoolean sent, AtomicReference<@Nullable Socket> open, long began)
      throws IOException {
    List<InetAddress> addresses;
    try {
      addresses = allowed(call.uri());
    } catch (NotAllowed refused) {
      return new Answer.Failed(
          Answer.Step.RESOLVE, String.valueOf(refused.getMessage()), false, since(began));
    }
    try (Socket socket = connected(call.uri(), addresses, open)) {
      String privacy = socket instanceof SSLSocket tls ? TlsWords.evidence(tls.getSession()) : "";
      write(call, socket.getOutputStream(), sent);
      HttpReply reply = HttpReply.read(socket.getInputStream(), call.mostBytes());
      return new Answer.Given(reply.status(), reply.headers(), reply.body(), privacy, since(began));
    }
  }

  /** All addresses of the name, where every one of them is allowed. */
  private List<InetAddress> allowed(URI uri) throws UnknownHostException, NotAllowed {
    String host = String.valueOf(uri.getHost()).replaceAll("^\\[|]$", "");
    List<InetAddress> addresses = lookUp(host);
    if (addresses.isEmpty()) throw new UnknownHostException(host);
    for (InetAddress address : addresses) {
      if (!reach.allows(address))
        throw new NotAllowed(
            host
                + " leads to "
                + address.getHostAddress()
                + ", in "
                + NOT_ALLOWED
                + ". Whoever runs this installation can allow it: POSTROOM_WEBHOOK_NETWORKS.");
      if (!uri.getScheme().equals("https") && !reach.isPrivate(address))
        throw new NotAllowed(
            "Over the internet the address must begin with https://; without it anybody on the way"
                + " can read along.");
    }
    return addresses;
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    try {
      return names.addresses(host, LOOK_UP);
    } catch (TimeoutException silent) {
      throw new UnknownHostException(host + ": no answer within " + LOOK_UP.toSeconds() + " s");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    }
  }

  /** The first that answers. */
  private Socket connected(
      URI uri, List<InetAddress> addresses, AtomicReference<@Nullable Socket> open)
      throws IOException {
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() != -1 ? uri.getPort() : tls ? 443 : 80;
    IOException last = new UnknownHostException(uri.getHost());
    for (InetAddress address : addresses) {
      var socket = new Socket();
      open.set(socket);
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        return tls ? secured(socket, uri.getHost(), port) : socket;
      } catch (IOException failure) {
        close(socket);
        last = failure;
      }
    }
    throw last;
  }

  private Socket secured(Socket socket, String host, int port) throws IOException {
    var tls = (SSLSocket) trust.context().getSocketFactory().createSocket(socket, host, port, true);
    var parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private static void write(Call call, OutputStream out, AtomicBoolean sent) throws IOException {
    URI uri = call.uri();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
    var head = new StringBuilder();
    head.append(call.method()).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
    line(head, "Host", uri.getHost() + port);
    call.headers().forEach((name, value) -> line(head, name, value));
    line(head, "Content-Length", String.valueOf(call.body().length));
    line(head, "Connection", "close");
    var buffered = new BufferedOutputStream(out, 1 << 14);
    buffered.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    buffered.write(call.body());
    buffered.flush();
    sent.set(true);
  }

  private static void line(StringBuilder head, String name, String value) {
    if ((name + value).chars().anyMatch(c -> c < ' ' || c > '~'))
      throw new IllegalArgumentException("A header must be one line of ASCII: " + name);
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) socket.close();
    } catch (IOException alreadyGone) {
      // Nobody waits for it any more.
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static final class NotAllowed extends Exception {
    private static final long serialVersionUID = 1;

    NotAllowed(String why) {
      super(why);
    }
  }
}

package org.postroom.net;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * HTTP to other machines. Nothing the world does is an exception; redirects are not followed, and
 * nothing is ever tried twice here: whether a second try is safe, only the caller knows.
 */
@Component
public class Web implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpClient client;

  @Autowired
  Web(Settings settings) {
    this(Trust.of(settings));
  }

  /** For tests and programs without Spring. */
  public Web(Trust trust) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .sslContext(trust.context())
            .build();
  }

  public Answer send(Call call) {
    long began = System.nanoTime();
    var sent = new AtomicBoolean();
    HttpRequest request;
    try {
      request = request(call, sent);
    } catch (IllegalArgumentException notCallable) {
      return new Answer.Failed(
          Answer.Step.RESOLVE,
          "This is not an address that can be called: "
              + call
              + " ("
              + notCallable.getMessage()
              + ").",
          false,
          since(began));
    }
    CompletableFuture<HttpResponse<byte[]>> running =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), call.mostBytes()));
    try {
      return given(running.get(call.limit().toMillis(), TimeUnit.MILLISECONDS), began);
    } catch (TimeoutException tooLate) {
      running.cancel(true);
      return new Answer.Failed(
          Answer.Step.TIMEOUT,
          call.uri().getHost() + " did not answer within " + call.limit().toSeconds() + " seconds.",
          sent.get(),
          since(began));
    } catch (InterruptedException stopping) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      return new Answer.Failed(Answer.Step.TALK, "Postroom is stopping.", sent.get(), since(began));
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return Trouble.of(call, cause, sent.get(), since(began));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static HttpRequest request(Call call, AtomicBoolean sent) {
    var request = HttpRequest.newBuilder(call.uri()).timeout(call.limit());
    call.headers().forEach(request::setHeader);
    return request.method(call.method(), new WatchedBody(call.body(), sent)).build();
  }

  private static Answer given(HttpResponse<byte[]> response, long began) {
    String privacy = response.sslSession().map(TlsWords::evidence).orElse("");
    return new Answer.Given(
        response.statusCode(), response.headers(), response.body(), privacy, since(began));
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** How far a call came, read from the exception the client threw. */
  static final class Trouble {
    static Answer.Failed of(Call call, Throwable failure, boolean sent, Duration took) {
      String host = String.valueOf(call.uri().getHost());
      Answer.Step step = step(failure);
      String why = " (" + words(failure) + ").";
      return switch (step) {
        case RESOLVE -> failed(step, "There is no server called " + host + why, false, took);
        case CONNECT -> failed(step, host + " could not be reached" + why, false, took);
        case TRUST ->
            failed(step, "The certificate of " + host + " is not trusted" + why, false, took);
        case TLS ->
            failed(
                step,
                "The connection to " + host + " could not be made private" + why,
                // After the handshake, broken encryption is a broken connection.
                sent && !any(failure, SSLHandshakeException.class),
                took);
        case TIMEOUT -> failed(step, host + " did not answer in time" + why, sent, took);
        case GARBLED -> failed(step, "The answer of " + host + " makes no sense" + why, sent, took);
        case TALK -> failed(step, "The connection to " + host + " broke" + why, sent, took);
      };
    }

    private static Answer.Failed failed(
        Answer.Step step, String what, boolean maybeArrived, Duration took) {
      return new Answer.Failed(step, what, maybeArrived, took);
    }

    private static Answer.Step step(Throwable failure) {
      if (any(failure, UnresolvedAddressException.class)
          || any(failure, UnknownHostException.class)) return Answer.Step.RESOLVE;
      if (any(failure, HttpConnectTimeoutException.class) || any(failure, ConnectException.class))
        return Answer.Step.CONNECT;
      if (any(failure, CertificateException.class)
          || any(failure, CertPathBuilderException.class)
          || any(failure, SSLPeerUnverifiedException.class)) return Answer.Step.TRUST;
      if (any(failure, SSLException.class)) return Answer.Step.TLS;
      if (any(failure, HttpTimeoutException.class)) return Answer.Step.TIMEOUT;
      if (any(failure, ProtocolException.class) || words(failure).contains("exceeds capacity"))
        return Answer.Step.GARBLED;
      return Answer.Step.TALK;
    }

    private static boolean any(@Nullable Throwable failure, Class<? extends Throwable> type) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause())
        if (type.isInstance(cause)) return true;
      return false;
    }

    /** The innermost words: a wrapper's say less. */
    private static String words(Throwable failure) {
      String words = failure.getClass().getSimpleName();
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        String message = cause.getMessage();
        words = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
      }
      return words;
    }
  }
}

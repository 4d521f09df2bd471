package org.postroom.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.TestCertificates;

class WebTests {
  private final Web web = new Web(Trust.ofSystem());

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void givesTheAnswerWhateverItsStatus() throws Exception {
    try (var server =
        new Server(out ->
            say(out, "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno"))) {
      var given = (Answer.Given) web.send(Call.post(server.uri(), "text/plain", "hello"));
      assertThat(given.status()).isEqualTo(503);
      assertThat(given.header("Retry-After")).contains("7");
      assertThat(given.text()).isEqualTo("no");
      assertThat(given.ok()).isFalse();
      assertThat(given.privacy()).isEmpty();
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (var server =
        new Server(out ->
            say(
                out,
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(((Answer.Given) web.send(Call.get(server.uri()))).status()).isEqualTo(302);
    }
  }

  @Test
  void nobodyListening() throws IOException {
    Answer.Failed failed =
        failed(Call.get(URI.create("http://127.0.0.1:" + FreePort.next() + "/")));
    assertThat(failed.step()).isEqualTo(Answer.Step.CONNECT);
    assertThat(failed.maybeArrived()).isFalse();
  }

  @Test
  void noSuchName() {
    Answer.Failed failed = failed(Call.get(URI.create("http://no-such-name.invalid/")));
    assertThat(failed.step()).isEqualTo(Answer.Step.RESOLVE);
    assertThat(failed.what()).startsWith("There is no server called no-such-name.invalid");
  }

  @Test
  void aConnectionCutAfterTheRequestMayHaveArrived() throws Exception {
    try (var server = new Server(OutputStream::close)) {
      Answer.Failed failed = failed(Call.post(server.uri(), "text/plain", "hello"));
      assertThat(failed.step()).isEqualTo(Answer.Step.TALK);
      assertThat(failed.maybeArrived()).isTrue();
    }
  }

  @Test
  void anEmptyRequestThatWentOutMayHaveArrived() throws Exception {
    try (var server = new Server(OutputStream::close)) {
      Answer.Failed failed = failed(Call.get(server.uri()).method("POST"));
      assertThat(failed.step()).isEqualTo(Answer.Step.TALK);
      assertThat(failed.maybeArrived()).isTrue();
    }
  }

  /** However the encryption ends: a private connection can break just as an open one. */
  @ParameterizedTest
  @ValueSource(strings = {"cut", "reset", "garbage", "closed"})
  void aPrivateConnectionBrokenAfterTheRequestMayHaveArrived(String how) throws Exception {
    var certificates = TestCertificates.forLocalhost();
    try (var listening = new ServerSocket(0);
        var trusting = new Web(Trust.withAlso(List.of(certificates.authority())))) {
      Thread.ofVirtual().start(() -> answerOnce(listening, certificates, how));
      URI uri = URI.create("https://localhost:" + listening.getLocalPort() + "/");
      var failed = (Answer.Failed) trusting.send(Call.post(uri, "text/plain", "hello"));
      assertThat(failed.maybeArrived()).as("%s", failed).isTrue();
    }
  }

  private static void answerOnce(
      ServerSocket listening, TestCertificates certificates, String how) {
    try (Socket raw = listening.accept()) {
      SSLSocketFactory factory = certificates.serverContext().getSocketFactory();
      var tls = (SSLSocket) factory.createSocket(raw, "localhost", raw.getPort(), false);
      tls.setUseClientMode(false);
      // All of the request: its head and the five letters after it.
      var read = new StringBuilder();
      while (!read.toString().endsWith("hello")) read.append((char) tls.getInputStream().read());
      if (how.equals("garbage")) raw.getOutputStream().write("not TLS at all\r\n".getBytes());
      if (how.equals("closed")) tls.close();
      if (how.equals("reset")) raw.setSoLinger(true, 0);
    } catch (IOException gone) {
      // The client's end tells what is asserted.
    }
  }

  @Test
  void aSilentServerIsLeftInTime() throws Exception {
    try (var server = new Server(out -> {})) {
      Answer.Failed failed =
          failed(Call.post(server.uri(), "text/plain", "hello").within(Duration.ofMillis(300)));
      assertThat(failed.step()).isEqualTo(Answer.Step.TIMEOUT);
      assertThat(failed.maybeArrived()).isTrue();
    }
  }

  @Test
  void anEndlessAnswerIsCutOff() throws Exception {
    try (var server =
        new Server(out -> {
          say(out, "HTTP/1.1 200 OK\r\n\r\n");
          for (int i = 0; i < 5000; i++) say(out, "x".repeat(1000));
        })) {
      Answer.Failed failed = failed(Call.get(server.uri()).atMost(100_000));
      assertThat(failed.step()).isEqualTo(Answer.Step.GARBLED);
    }
  }

  @Test
  void whatIsNoHttpMakesNoSense() throws Exception {
    try (var server = new Server(out -> say(out, "220 mail.example ESMTP\r\n"))) {
      assertThat(failed(Call.get(server.uri())).step()).isIn(Answer.Step.GARBLED, Answer.Step.TALK);
    }
  }

  @Test
  void plainTextWhereTlsIsExpectedIsTold() throws Exception {
    try (var server = new Server(out -> say(out, "HTTP/1.1 400 Bad\r\n\r\n"))) {
      URI tls = URI.create(server.uri().toString().replace("http:", "https:"));
      assertThat(failed(Call.get(tls)).step()).isEqualTo(Answer.Step.TLS);
    }
  }

  @Test
  void secretsAreNotShown() {
    Call call =
        Call.post(URI.create("https://a.example/x?code=s3cret"), "text/plain", "s3cret")
            .bearer("s3cret");
    assertThat(call.toString()).doesNotContain("s3cret").contains("https://a.example/x");
  }

  private Answer.Failed failed(Call call) {
    return (Answer.Failed) web.send(call);
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  private interface Reply {
    void to(OutputStream out) throws IOException;
  }

  /** Reads the head and whatever comes with it, answers each connection as told, and waits. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    Server(Reply reply) throws IOException {
      Thread.ofVirtual().start(() -> serve(reply));
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/x");
    }

    private void serve(Reply reply) {
      while (!listening.isClosed()) {
        try {
          Socket socket = listening.accept();
          Thread.ofVirtual().start(() -> talk(socket, reply));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private static void talk(Socket socket, Reply reply) {
      try {
        InputStream in = socket.getInputStream();
        in.read(new byte[4096]);
        reply.to(socket.getOutputStream());
        while (in.read() >= 0) {
          // Until the other side is gone.
        }
      } catch (IOException gone) {
        // It is.
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}

package org.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.testkit.HttpsFiles;

/** Calls to addresses that people typed: where they may lead, and what answers may do to us. */
class GuardedWebTests {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private volatile String reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private volatile boolean silent;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket();
    server.bind(new InetSocketAddress("127.0.0.1", 0));
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.7",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]"
      })
  void leadsIntoNoPrivateNetwork(String host) {
    Answer answer = web(List.of(), false).send(call("https://" + host + ":" + port() + "/"));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.what()).contains("private network").contains("POSTROOM_WEBHOOK");
              assertThat(failed.maybeArrived()).isFalse();
            });
    assertThat(heard).isEmpty();
  }

  @Test
  void leadsWhereTheOperatorAllows() {
    Answer answer = web(List.of("127.0.0.0/8"), false).send(call(url("127.0.0.1")));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Given.class,
            given -> {
              assertThat(given.status()).isEqualTo(200);
              assertThat(given.text()).isEqualTo("ok");
            });
    assertThat(heard.getFirst())
        .startsWith("POST /hook?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n")
        .contains("Content-Type: application/json\r\n")
        .endsWith("\r\n\r\n{\"a\": 1}");
  }

  @Test
  void allPrivateNetworksDoNotHoldTheSecretsOfClouds() {
    var reach = new Reach(List.of(), true);
    assertThat(reach.allows(address("10.0.0.1"))).isTrue();
    assertThat(reach.allows(address("127.0.0.1"))).isTrue();
    assertThat(reach.allows(address("169.254.169.254"))).isFalse();
    assertThat(reach.allows(address("fd00:ec2::254"))).isFalse();
    assertThat(reach.allows(address("fe80::1"))).isFalse();
    assertThat(new Reach(List.of("169.254.0.0/16"), true).allows(address("169.254.1.1"))).isTrue();
  }

  @Test
  void networksEndWhereTheyEnd() {
    var reach = new Reach(List.of("10.1.2.128/25", "fd12:3400::/22"), false);
    assertThat(reach.allows(address("10.1.2.128"))).isTrue();
    assertThat(reach.allows(address("10.1.2.255"))).isTrue();
    assertThat(reach.allows(address("10.1.2.127"))).isFalse();
    assertThat(reach.allows(address("10.1.3.128"))).isFalse();
    assertThat(reach.allows(address("fd12:37ff::1"))).isTrue();
    assertThat(reach.allows(address("fd12:3800::1"))).isFalse();
    assertThatThrownBy(() -> new Reach(List.of("10.0.0.0/33"), false))
        .hasMessageContaining("10.0.0.0/33");
    assertThatThrownBy(() -> new Reach(List.of("intranet"), false))
        .hasMessageContaining("intranet");
  }

  /** DNS rebinding: allowed when it is looked at, ours when it is connected to. */
  @Test
  void goesToTheVeryAddressThatWasLookedAt() {
    var asked = new AtomicInteger();
    Names.Lookup rebinding =
        host -> List.of(address(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.99"));
    var web = new GuardedWeb(Trust.ofSystem(), new Reach(List.of("127.0.0.1"), false), rebinding);
    assertThat(web.send(call(url("hook.example")))).isInstanceOf(Answer.Given.class);
    assertThat(asked).hasValue(1);
    assertThat(heard.getFirst()).contains("Host: hook.example:");
    assertThat(web.send(call(url("hook.example"))))
        .isInstanceOfSatisfying(
            Answer.Failed.class, failed -> assertThat(failed.what()).contains("127.0.0.99"));
    assertThat(heard).hasSize(1);
  }

  @Test
  void oneForbiddenAddressAmongOthersIsEnough() {
    var web =
        new GuardedWeb(
            Trust.ofSystem(),
            new Reach(List.of("127.0.0.1"), false),
            host -> List.of(address("127.0.0.1"), address("10.0.0.1")));
    assertThat(web.send(call(url("hook.example")))).isInstanceOf(Answer.Failed.class);
    assertThat(web.whyNot(URI.create(url("hook.example")))).contains("10.0.0.1");
    assertThat(heard).isEmpty();
  }

  @Test
  void overTheInternetNothingGoesUnencrypted() {
    var web =
        new GuardedWeb(
            Trust.ofSystem(), new Reach(List.of(), false), host -> List.of(address("8.8.8.8")));
    assertThat(web.whyNot(URI.create("http://hook.example/"))).contains("https://");
    assertThat(web.whyNot(URI.create("https://hook.example/"))).isNull();
  }

  /** The certificate must be for the name, although an address is what we connect to. */
  @Test
  void overTlsTheNameCountsNotTheAddress() {
    try (HttpsFiles files = HttpsFiles.start().put("/hook", "heard")) {
      Trust trust = Trust.withAlso(List.of(files.certificates().authority()));
      var reach = new Reach(List.of("127.0.0.1"), false);
      Names.Lookup here = host -> List.of(address("127.0.0.1"));
      String port = ":" + files.port() + "/hook";
      Answer right = new GuardedWeb(trust, reach, here).send(call("https://localhost" + port));
      assertThat(body(right)).isEqualTo("heard");
      assertThat(((Answer.Given) right).privacy()).contains("TLS");
      Answer wrong = new GuardedWeb(trust, reach, here).send(call("https://erp.example" + port));
      assertThat(step(wrong)).isEqualTo(Answer.Step.TRUST);
      Answer unknown =
          new GuardedWeb(Trust.ofSystem(), reach, here).send(call("https://localhost" + port));
      assertThat(step(unknown)).isEqualTo(Answer.Step.TRUST);
    }
  }

  @Test
  void doesNotFollowToAnotherPlace() {
    reply = "HTTP/1.1 302 Found\r\nLocation: " + url("127.0.0.1") + "\r\n\r\n";
    assertThat(status(web(List.of("127.0.0.1"), false).send(call(url("127.0.0.1")))))
        .isEqualTo(302);
    assertThat(heard).hasSize(1);
  }

  @Test
  void readsNoMoreThanItIsTold() {
    reply = "HTTP/1.1 500 Oh\r\n\r\n" + "x".repeat(200_000);
    assertThat(body(send())).hasSize(1000);
    reply =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n";
    assertThat(body(send())).isEqualTo("hello world");
    reply = "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 204 None\r\nContent-Length: 9\r\n\r\n";
    assertThat(status(send())).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.9\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n"
      })
  void callsNonsenseNonsense(String nonsense) {
    reply = nonsense;
    assertThat(step(send())).isEqualTo(Answer.Step.GARBLED);
  }

  @Test
  void endlessHeadersEnd() {
    reply = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(5000) + "\r\n";
    assertThat(step(send())).isEqualTo(Answer.Step.GARBLED);
    reply = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n";
    assertThat(step(send())).isEqualTo(Answer.Step.GARBLED);
  }

  @Test
  void waitsNoLongerThanItsTime() {
    silent = true;
    Answer answer =
        web(List.of("127.0.0.1"), false)
            .send(call(url("127.0.0.1")).within(Duration.ofMillis(200)));
    assertThat(step(answer)).isEqualTo(Answer.Step.TIMEOUT);
    assertThat(((Answer.Failed) answer).maybeArrived()).isTrue();
  }

  @Test
  void headersCannotBreakOut() {
    Answer answer =
        web(List.of("127.0.0.1"), false)
            .send(call(url("127.0.0.1")).header("X-Evil", "a\r\nHost: b"));
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(heard).isEmpty();
  }

  private Answer send() {
    return web(List.of("127.0.0.1"), false).send(call(url("127.0.0.1")).atMost(1000));
  }

  private static GuardedWeb web(List<String> allowed, boolean all) {
    return new GuardedWeb(Trust.ofSystem(), new Reach(allowed, all), Names.Lookup.SYSTEM);
  }

  private static Call call(String url) {
    return Call.post(URI.create(url), "application/json", "{\"a\": 1}");
  }

  private String url(String host) {
    return "http://" + host + ":" + port() + "/hook?x=1";
  }

  private int port() {
    return server.getLocalPort();
  }

  private static int status(Answer answer) {
    return ((Answer.Given) answer).status();
  }

  private static String body(Answer answer) {
    return ((Answer.Given) answer).text();
  }

  private static Answer.Step step(Answer answer) {
    return ((Answer.Failed) answer).step();
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private void serve() {
    var open = new ArrayList<Socket>();
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        heard.add(request(socket.getInputStream()));
        if (silent) continue;
        socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
      } catch (IOException gone) {
        // The next one, or the end.
      }
    }
    for (Socket socket : open)
      try {
        socket.close();
      } catch (IOException gone) {
        // It is.
      }
  }

  /** Head and as much of a body as its length says. */
  private static String request(InputStream in) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) throw new IOException("Nothing was asked.");
      text.append((char) next);
    }
    String length = text.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    return text + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }
}

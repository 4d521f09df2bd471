package org.postroom.ingress;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.SmtpTalk;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/** The product with its submission server on free ports, and what tests ask of it. */
final class IngressForTests implements AutoCloseable {
  /** The address of the company's default account, which keeps its mail on this machine. */
  static final String SENDER = RunningPostroom.ADMIN;

  final RunningPostroom postroom;

  private IngressForTests(RunningPostroom postroom) {
    this.postroom = postroom;
  }

  static IngressForTests start(TestDatabase database, @Nullable TestClock clock) {
    return start(RunningPostroom.settings(database), clock);
  }

  static IngressForTests start(Map<String, Object> further, @Nullable TestClock clock) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("POSTROOM_SMTP_INGRESS_PORT", "0");
    settings.put("POSTROOM_SMTP_INGRESS_TLS_PORT", "0");
    settings.put("POSTROOM_SMTP_INGRESS_BIND", "127.0.0.1");
    settings.put("POSTROOM_SMTP_INGRESS_NAME", "mail.acme.example");
    settings.put("POSTROOM_SMTP_INGRESS_LOCAL_AUTH", "yes");
    settings.putAll(further);
    return new IngressForTests(RunningPostroom.start(settings, clock));
  }

  int port() {
    return postroom.bean(Ingress.class).port();
  }

  int tlsPort() {
    return postroom.bean(Ingress.class).tlsPort();
  }

  /** Greeted and signed in with the full key. */
  SmtpTalk signedIn() {
    SmtpTalk talk = SmtpTalk.greeted(port());
    String said = talk.signIn(RunningPostroom.API_KEY);
    if (!said.startsWith("235")) throw new AssertionError(said);
    return talk;
  }

  String company() {
    return postroom.bean(Access.class).companies().getFirst().id();
  }

  Caller owner() {
    return Caller.postroom(company());
  }

  /** Everything accepted so far, newest first. */
  List<Message> messages() {
    return postroom.bean(Outbox.class).list(owner(), MessageFilter.ALL, 200, null).data();
  }

  byte[] content(String id) {
    return postroom.bean(Outbox.class).content(company(), id).orElseThrow();
  }

  Database database() {
    return postroom.bean(Database.class);
  }

  /** Believes every certificate: whose it is, is another test's business. */
  static SSLContext trustingAll() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Believing()}, null);
      return context;
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    postroom.close();
  }

  private static final class Believing extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

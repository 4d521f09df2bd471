package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.outbox.Message;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.Postfix;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.SmtpTalk;
import org.postroom.testkit.TestDatabase;

/** Programs as they are, with STARTTLS and an API key as password. */
class ClientsTests {
  private static final String KEY = RunningPostroom.API_KEY;
  private static IngressForTests ingress;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    ingress = IngressForTests.start(TestDatabase.SQLITE, null);
  }

  @AfterAll
  static void stop() {
    ingress.close();
  }

  @Test
  void swaks() throws Exception {
    for (String auth : List.of("PLAIN", "LOGIN")) {
      run(
          "",
          "swaks",
          "--server",
          "127.0.0.1:" + ingress.port(),
          "--tls",
          "--auth",
          auth,
          "--auth-user",
          "erp",
          "--auth-password",
          KEY,
          "--from",
          "admin@acme.example",
          "--to",
          "anna@contoso.example,bert@contoso.example",
          "--pipeline",
          "--header",
          "Subject: swaks " + auth,
          "--body",
          "One\n.\n..Two");
      assertThat(text(subject("swaks " + auth))).contains("One\r\n.\r\n..Two");
    }
  }

  @Test
  void swaksWithTlsFromTheStart() throws Exception {
    run(
        "",
        "swaks",
        "--server",
        "127.0.0.1:" + ingress.tlsPort(),
        "--tls-on-connect",
        "--auth",
        "PLAIN",
        "--auth-user",
        "erp",
        "--auth-password",
        KEY,
        "--from",
        "admin@acme.example",
        "--to",
        "anna@contoso.example",
        "--header",
        "Subject: swaks tls");
    assertThat(text(subject("swaks tls"))).contains(" with ESMTPSA id ");
  }

  @Test
  void msmtp() throws Exception {
    run(
        "Subject: msmtp\nFrom: admin@acme.example\nTo: anna@contoso.example\nBcc: boss@acme.example\n\nHello\n.\n",
        "msmtp",
        "--host=127.0.0.1",
        "--port=" + ingress.port(),
        "--auth=plain",
        "--user=erp",
        "--passwordeval=echo " + KEY,
        "--tls=on",
        "--tls-starttls=on",
        "--tls-certcheck=off",
        "--from=admin@acme.example",
        "--read-recipients");
    Message message = subject("msmtp");
    assertThat(message.recipients()).hasSize(2);
    assertThat(text(message)).contains("Hello\r\n.\r\n").doesNotContain("boss@acme.example");
  }

  @Test
  void pythonsSmtplib() throws Exception {
    String program =
        """
        import smtplib, ssl, sys
        from email.message import EmailMessage
        m = EmailMessage()
        m['From'], m['To'], m['Subject'] = 'Admin <admin@acme.example>', 'anna@contoso.example', 'smtplib'
        m.set_content('Grüße\\n.\\nEnde')
        context = ssl._create_unverified_context()
        with smtplib.SMTP('127.0.0.1', int(sys.argv[1])) as s:
            s.starttls(context=context)
            s.login('erp', sys.argv[2])
            for i in range(3): s.send_message(m)
        """;
    run(program, "/usr/bin/python3", "-", "" + ingress.port(), KEY);
    assertThat(text(subject("smtplib"))).contains("with ESMTPSA id");
    assertThat(ingress.messages()).filteredOn(m -> m.subject().equals("smtplib")).hasSize(3);
  }

  @Test
  void nodemailer() throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(Path.of("/usr/share/nodejs/nodemailer")),
        "Skipped: nodemailer is not installed (Debian package node-nodemailer).");
    String program =
        """
        const t = require('/usr/share/nodejs/nodemailer').createTransport({host: '127.0.0.1', port: +process.argv[2],
          requireTLS: true, pool: true, tls: {rejectUnauthorized: false}, auth: {user: 'erp', pass: process.argv[3]}});
        const mail = n => t.sendMail({from: 'admin@acme.example', to: 'anna@contoso.example', bcc: 'boss@acme.example',
          subject: 'nodemailer', text: 'Hello ' + n + '\\n.\\n', attachments: [{filename: 'ä.txt', content: 'x'.repeat(50000)}]});
        Promise.all([1, 2, 3].map(mail)).then(() => t.close(), e => { console.error(e); process.exit(1); });
        """;
    run(program, "node", "-", "" + ingress.port(), KEY);
    assertThat(ingress.messages()).filteredOn(m -> m.subject().equals("nodemailer")).hasSize(3);
  }

  /** A Postfix on the ERP's machine that hands everything to Postroom as its smart host. */
  @Test
  void postfixAsASmartHostsClient() throws Exception {
    Path passwords = folder.resolve("passwords");
    Files.writeString(passwords, "[127.0.0.1]:%d erp:%s\n".formatted(ingress.port(), KEY));
    String relay =
        """
        virtual_mailbox_domains =
        mynetworks = 127.0.0.0/8
        relayhost = [127.0.0.1]:%d
        smtp_sasl_auth_enable = yes
        smtp_sasl_password_maps = texthash:%s
        smtp_sasl_security_options = noanonymous
        smtp_tls_security_level = encrypt
        smtpd_relay_restrictions = permit_mynetworks, reject
        """
            .formatted(ingress.port(), passwords);
    try (Postfix postfix = Postfix.relaying(relay);
        SmtpTalk talk = SmtpTalk.greeted(postfix.port())) {
      String content = "From: admin@acme.example\r\nSubject: smart host\r\n\r\nHello\r\n.\r\n";
      assertThat(talk.mail(IngressForTests.SENDER, "anna@contoso.example", content))
          .startsWith("250");
      Eventually.eventually(
          ingress::messages, all -> all.stream().anyMatch(m -> m.subject().equals("smart host")));
      assertThat(text(subject("smart host"))).endsWith("Hello\r\n.\r\n");
    }
  }

  private static Message subject(String subject) {
    return ingress.messages().stream()
        .filter(message -> message.subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing came of “" + subject + "”."));
  }

  private static String text(Message message) {
    return new String(ingress.content(message.id()), StandardCharsets.UTF_8);
  }

  /** Skips where the program is not there; fails with what it said. */
  private static void run(String input, String... command) throws Exception {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("HOME", "/nonexistent", "LC_ALL", "C.UTF-8"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException notThere) {
      Assumptions.abort("Skipped: " + command[0] + " is not installed.");
      return;
    }
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}

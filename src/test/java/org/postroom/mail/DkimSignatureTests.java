package org.postroom.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our signatures before the eyes of others: dkimpy and Mail::DKIM know nothing of our code. */
class DkimSignatureTests {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Path SCRIPTS = Path.of("src", "test", "resources", "dkim");
  private static KeyPair rsa;
  private static KeyPair ed25519;

  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    rsa = generator.generateKeyPair();
    ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void dkimpyAcceptsBothKindsOfSignatures() throws Exception {
    assumeTrue(
        works("/usr/bin/python3", "-c", "import dkim, nacl.signing"),
        "python3-dkim and python3-nacl are not on this machine: signatures are not verified.");
    Map<String, byte[]> mails = write(true);
    List<String> results = run("/usr/bin/python3", SCRIPTS.resolve("verify.py").toString());
    assertThat(results)
        .containsExactlyElementsOf(
            mails.keySet().stream().sorted().map(name -> name + "\tpass,pass").toList());
  }

  @Test
  void mailDkimAcceptsThem() throws Exception {
    assumeTrue(
        works("perl", "-MMail::DKIM::Verifier", "-e", "1"),
        "libmail-dkim-perl is not on this machine: signatures are not verified a second time.");
    Map<String, byte[]> mails = write(false);
    List<String> results = run("perl", SCRIPTS.resolve("verify.pl").toString());
    assertThat(results)
        .containsExactlyElementsOf(
            mails.keySet().stream().sorted().map(name -> name + "\tpass").toList());
  }

  @Test
  void whoeverChangesTheMailBreaksTheSignature() throws Exception {
    assumeTrue(
        works("/usr/bin/python3", "-c", "import dkim"),
        "python3-dkim is not on this machine: broken signatures are not tried.");
    byte[] good = signed(mail("Invoice 1", "Hello,\r\n\r\nPay 30.00 EUR.\r\n"), true);
    String text = new String(good, ISO_8859_1);
    Map<String, String> changed = new LinkedHashMap<>();
    changed.put("a-as-it-was", text);
    changed.put("b-white-space", text.replace("Hello,", "Hello, \t") + "\r\n\r\n");
    changed.put("c-refolded", text.replace("Subject: Invoice 1", "SUBJECT:  Invoice\r\n  1"));
    changed.put("d-body", text.replace("30.00", "90.00"));
    changed.put("e-subject", text.replace("Invoice 1", "Invoice 2"));
    changed.put("f-second-from", text.replace("Subject:", "From: e@evil.example\r\nSubject:"));
    changed.put("g-second-subject", "Subject: Other\r\n" + text);
    changed.put("h-second-to", text.replace("Subject:", "To: e@evil.example\r\nSubject:"));
    for (var each : changed.entrySet())
      Files.write(folder.resolve(each.getKey() + ".eml"), each.getValue().getBytes(ISO_8859_1));
    writeKeys();
    List<String> results = run("/usr/bin/python3", SCRIPTS.resolve("verify.py").toString());
    assertThat(results).hasSize(changed.size());
    for (String result : results) {
      boolean harmless = result.matches("[abc]-.*");
      assertThat(result.contains("fail") || result.contains("Error"))
          .as(result)
          .isEqualTo(!harmless);
    }
  }

  @Test
  void signsTheSameWayEachTimeAndNamesWhatItSigned() {
    byte[] mail = mail("Hello", "Text\r\n");
    var signature = new DkimSignature("acme.example", "pr-1", rsa.getPrivate());
    String header = signature.header(mail, NOW);
    assertThat(signature.header(mail, NOW)).isEqualTo(header);
    assertThat(header.replaceAll("\\s", ""))
        .startsWith("DKIM-Signature:v=1;a=rsa-sha256;c=relaxed/relaxed;d=acme.example;s=pr-1;")
        .contains(
            "h=from:from:to:to:subject:subject:date:date:message-id:mime-version:content-type;");
    assertThat(header.lines()).allMatch(line -> line.length() <= 78);
    assertThat(signature.toString()).isEqualTo("DkimSignature[pr-1._domainkey.acme.example]");
  }

  /** RFC 6376, end of 3.4.4: the hash of an empty body. */
  @Test
  void aBodyOfEmptyLinesIsEmpty() {
    String empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    var signature = new DkimSignature("acme.example", "pr-1", ed25519.getPrivate());
    for (String body : List.of("", "\r\n", "\r\n\r\n", " \t\r\n\r\n"))
      assertThat(signature.header(("From: a@acme.example\r\n\r\n" + body).getBytes(UTF_8), NOW))
          .contains("bh=" + empty);
  }

  /** Many shapes, each signed with RSA and where asked with Ed25519 too. */
  private Map<String, byte[]> write(boolean both) throws IOException {
    Map<String, byte[]> mails = new LinkedHashMap<>();
    mails.put("plain", mail("Invoice 1", "Hello\r\n"));
    mails.put("no-line-end", mail("Invoice 1", "Hello"));
    mails.put("empty", mail("Invoice 1", ""));
    mails.put("blank-lines", mail("Invoice 1", "\r\n\r\nHello\r\n\r\n \r\n\t\r\n\r\n"));
    mails.put("dots", mail("Invoice 1", ".\r\n..\r\n.hidden\r\nend.\r\n.\r\n"));
    mails.put("spaces", mail("Invoice  1", "  a \t b  \r\n\ttab\t\r\n   \r\nend  \r\n"));
    mails.put("long-line", mail("Invoice 1", "x".repeat(5000) + " y\r\n"));
    mails.put("eight-bit", mail("Invoice 1", "Größe: 5 € für Müller\r\n"));
    mails.put("folded", mail("Invoice\r\n with a\r\n\t folded  subject", "Hello\r\n"));
    mails.put("utf8-header", mail("Rechnung für Müller €", "Hello\r\n"));
    mails.put("empty-header", mail("", "Hello\r\n"));
    mails.put("as-composed", composed());
    var random = new Random(20261121);
    for (int i = 0; i < 40; i++) mails.put("random-" + i, random(random));
    Map<String, byte[]> named = new LinkedHashMap<>();
    for (var each : mails.entrySet()) {
      named.put(each.getKey() + ".eml", each.getValue());
      Files.write(folder.resolve(each.getKey() + ".eml"), signed(each.getValue(), both));
    }
    writeKeys();
    return named;
  }

  private static byte[] signed(byte[] mail, boolean both) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        new DkimSignature("acme.example", "pr-rsa", rsa.getPrivate())
            .header(mail, NOW)
            .getBytes(UTF_8));
    if (both)
      out.writeBytes(
          new DkimSignature("acme.example", "pr-ed", ed25519.getPrivate())
              .header(mail, NOW)
              .getBytes(UTF_8));
    out.writeBytes(mail);
    return out.toByteArray();
  }

  private void writeKeys() throws IOException {
    byte[] spki = ed25519.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    Files.writeString(
        folder.resolve("keys.txt"),
        "pr-rsa._domainkey.acme.example\tv=DKIM1; k=rsa; p="
            + base64(rsa.getPublic().getEncoded())
            + "\npr-ed._domainkey.acme.example\tv=DKIM1; k=ed25519; p="
            + base64(raw)
            + "\n");
  }

  private static byte[] mail(String subject, String body) {
    return ("Date: Sat, 21 Nov 2026 12:00:00 +0000\r\n"
            + "Message-ID: <m1@acme.example>\r\n"
            + "To: ap@contoso.example\r\n"
            + "From: Acme <invoices@acme.example>\r\n"
            + "Subject: "
            + subject
            + "\r\n"
            + "MIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=UTF-8\r\n\r\n"
            + body)
        .getBytes(UTF_8);
  }

  private static byte[] composed() {
    return new Mime(
            "<m2@acme.example>",
            NOW,
            ZoneId.of("Europe/Berlin"),
            new Address("Müller & Söhne", "invoices@acme.example"),
            List.of(Address.of("anna@acme.example")),
            List.of(Address.of("ap@contoso.example"), new Address("Bäckerei", "b@c.example")),
            List.of(Address.of("cc@contoso.example")),
            "Rechnung über eine sehr lange Lieferung von Roggenmehl und anderem Gutem",
            true,
            "Guten Tag,\n\n.\nGröße\n",
            "<p>Guten Tag</p>",
            List.of(new Attachment("Rechnung.pdf", "application/pdf", new byte[3000])))
        .bytes();
  }

  private static byte[] random(Random random) {
    String[] pieces = {
      " ",
      "\t",
      "\r\n",
      "\r\n\r\n",
      "a",
      ".",
      "ß",
      "€",
      "From ",
      "--",
      "=20",
      "x".repeat(80),
      "\r\n."
    };
    var body = new StringBuilder();
    for (int i = 0; i < 60; i++) body.append(pieces[random.nextInt(pieces.length)]);
    String[] words = {"Invoice", " ", "  ", "\t", "\r\n ", "\r\n\t", "№", "1", ":", ";", "="};
    var subject = new StringBuilder("s");
    for (int i = 0; i < 20; i++) subject.append(words[random.nextInt(words.length)]);
    // What SMTP carries always ends a line; on an open last line of spaces verifiers differ.
    return mail(subject.append("e").toString(), body.append("\r\n").toString());
  }

  private List<String> run(String... command) throws Exception {
    String[] all = Arrays.copyOf(command, command.length + 1);
    all[command.length] = folder.toString();
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output.lines().toList();
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

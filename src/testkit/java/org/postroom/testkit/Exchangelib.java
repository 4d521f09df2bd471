package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** A client of Exchange that others wrote (Debian's python3-exchangelib). */
public final class Exchangelib {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path LIBRARY = Path.of("/usr/lib/python3/dist-packages/exchangelib");
  private static final Path SCRIPT = Path.of("src/test/resources/ews/exchangelib_send.py");

  /** NTLM needs MD4, which OpenSSL 3 keeps among the old things. */
  private static final String OPENSSL =
      """
      openssl_conf = init
      [init]
      providers = providers
      [providers]
      default = on
      legacy = on
      [on]
      activate = 1
      """;

  private Exchangelib() {}

  /** Sends two mails; gives what the program printed. */
  public static String send(URI endpoint, String user, String how, TestCertificates trusted) {
    Assumptions.assumeTrue(
        Files.isExecutable(PYTHON) && Files.isDirectory(LIBRARY),
        () -> "Skipped: python3-exchangelib is not installed (" + LIBRARY + " is missing).");
    Path folder = MailServerFixture.folder("exchangelib");
    try {
      trusted.write(folder);
      MailServerFixture.write(folder.resolve("openssl.cnf"), OPENSSL);
      var command =
          new ProcessBuilder(PYTHON.toString(), SCRIPT.toString(), endpoint.toString(), user, how)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile());
      command.environment().put("EWS_PASSWORD", coded(EwsMailboxes.PASSWORD));
      command.environment().put("OPENSSL_CONF", folder.resolve("openssl.cnf").toString());
      command.environment().put("REQUESTS_CA_BUNDLE", folder.resolve("authority.pem").toString());
      command.environment().put("PYTHONDONTWRITEBYTECODE", "1");
      return output(command.start(), folder.resolve("output"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      FileSystemUtils.deleteRecursively(folder.toFile());
    }
  }

  /** Environments have no sure way to say ä. */
  private static String coded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String output(Process process, Path file) throws IOException {
    try {
      boolean ended = process.waitFor(90, TimeUnit.SECONDS);
      if (!ended) process.destroyForcibly();
      return Files.readString(file, StandardCharsets.UTF_8) + (ended ? "" : "(never ended)");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "(interrupted)";
    }
  }
}

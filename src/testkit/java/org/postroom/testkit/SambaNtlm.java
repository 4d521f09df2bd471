package org.postroom.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Samba's own NTLM server (ntlm_auth of Debian's winbind), without a domain: it is told the one
 * user and password and checks proof and integrity code as Samba does.
 */
public final class SambaNtlm implements NtlmPeer {
  private static final Path PROGRAM = Path.of("/usr/bin/ntlm_auth");

  private final Path folder;
  private final Process process;
  private final Writer to;
  private final BufferedReader from;

  public SambaNtlm(String domain, String user, String password) {
    require();
    folder = MailServerFixture.folder("ntlm");
    MailServerFixture.write(folder.resolve("smb.conf"), CONFIGURATION.formatted(domain, folder));
    try {
      process =
          new ProcessBuilder(
                  PROGRAM.toString(),
                  "--configfile=" + folder.resolve("smb.conf"),
                  "--helper-protocol=squid-2.5-ntlmssp",
                  "--domain=" + domain,
                  "--username=" + user,
                  "--password=" + password)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    to = process.outputWriter(US_ASCII);
    from = process.inputReader(US_ASCII);
  }

  /** Skips the test where Samba is not installed. */
  public static void require() {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM),
        () -> "Skipped: winbind is not installed (" + PROGRAM + " is missing).");
  }

  @Override
  public byte[] challenge(byte[] negotiate) {
    String answer = ask("YR", negotiate);
    if (!answer.startsWith("TT ")) throw new IllegalStateException("Samba said: " + answer);
    return Base64.getDecoder().decode(answer.substring(3));
  }

  @Override
  public @Nullable String user(byte[] authenticate) {
    String answer = ask("KK", authenticate);
    if (!answer.startsWith("AF ")) return null;
    return answer.substring(answer.indexOf('\\') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    MailServerFixture.stop(process, folder);
    FileSystemUtils.deleteRecursively(folder.toFile());
  }

  private String ask(String what, byte[] message) {
    try {
      to.write(what + " " + Base64.getEncoder().encodeToString(message) + "\n");
      to.flush();
      String answer = from.readLine();
      return answer == null ? "(nothing)" : answer.strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final String CONFIGURATION =
      """
      [global]
      workgroup = %1$s
      netbios name = EXCH01
      server role = standalone
      private dir = %2$s
      lock directory = %2$s
      state directory = %2$s
      cache directory = %2$s
      pid directory = %2$s
      """;
}

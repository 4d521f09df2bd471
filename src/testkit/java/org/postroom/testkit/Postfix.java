package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Postfix on a free port of this machine, with a configuration and a queue of its own. It
 * takes mail for every domain and puts it into one folder.
 */
public final class Postfix implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/postfix");

  private final Path folder;
  private final Process process;
  private final int port;

  private Postfix(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Plain and open, as inside a firm. Skips the test where Postfix is not installed. */
  public static Postfix open() {
    return start(null, null, "");
  }

  /** A submission server: STARTTLS, and sign-in checked by Dovecot before any mail. */
  public static Postfix submission(TestCertificates certificates, Dovecot dovecot) {
    return start(certificates, dovecot, "");
  }

  /** Takes mail of this machine and hands it on as these lines for main.cf say. */
  public static Postfix relaying(String further) {
    return start(null, null, further);
  }

  /** Further lines for main.cf. */
  public static Postfix start(
      @Nullable TestCertificates certificates, @Nullable Dovecot dovecot, String further) {
    MailServerFixture.require("postfix", PROGRAM);
    Path folder = MailServerFixture.folder("postfix");
    int port = MailServerFixture.freePort();
    MailServerFixture.makeFolder(folder.resolve("queue"), "root");
    MailServerFixture.makeFolder(folder.resolve("data"), "postfix");
    MailServerFixture.makeFolder(folder.resolve("mail"), "nobody");
    if (certificates != null) certificates.write(folder);
    String submission = certificates == null || dovecot == null ? "" : submission(folder, dovecot);
    MailServerFixture.write(
        folder.resolve("main.cf"), MAIN.formatted(folder) + submission + further);
    MailServerFixture.write(folder.resolve("master.cf"), MASTER.formatted(port));
    Process process =
        MailServerFixture.start(folder, PROGRAM.toString(), "-c", folder.toString(), "start-fg");
    MailServerFixture.awaitListening(folder, process, port);
    return new Postfix(folder, process, port);
  }

  public int port() {
    return port;
  }

  /** Where it puts the mail of {@code inbox}: a Maildir that {@link DovecotMailbox} can show. */
  public Path inbox() {
    return folder.resolve("mail/inbox");
  }

  /** The mails delivered so far, as Postfix wrote them: its own header lines first, LF at ends. */
  public List<byte[]> delivered() {
    Path inbox = folder.resolve("mail/inbox/new");
    if (!Files.isDirectory(inbox)) return List.of();
    try (Stream<Path> files = Files.list(inbox)) {
      return files.sorted().map(Postfix::read).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    MailServerFixture.stop(process, folder);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String submission(Path folder, Dovecot dovecot) {
    return """
    smtpd_tls_security_level = encrypt
    smtpd_tls_cert_file = %1$s/server.pem
    smtpd_tls_key_file = %1$s/server.key
    smtpd_sasl_auth_enable = yes
    smtpd_sasl_type = dovecot
    smtpd_sasl_path = inet:127.0.0.1:%2$d
    smtpd_client_restrictions = permit_sasl_authenticated, reject
    """
        .formatted(folder, dovecot.authPort());
  }

  private static final String MAIN =
      """
      compatibility_level = 3.6
      queue_directory = %1$s/queue
      data_directory = %1$s/data
      daemon_directory = /usr/lib/postfix/sbin
      command_directory = /usr/sbin
      maillog_file_prefixes = %1$s, /dev
      maillog_file = %1$s/postfix.log
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      myhostname = postfix.example
      mynetworks =
      mydestination =
      alias_maps =
      virtual_mailbox_domains = static:all
      virtual_mailbox_maps = static:inbox/
      virtual_mailbox_base = %1$s/mail
      virtual_uid_maps = static:65534
      virtual_gid_maps = static:65534
      virtual_minimum_uid = 100
      virtual_mailbox_limit = 0
      message_size_limit = 20000000
      """;

  private static final String MASTER =
      """
      %1$d inet n - n - - smtpd
      postlog unix-dgram n - n - 1 postlogd
      pickup unix n - n 60 1 pickup
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      tlsmgr unix - - n 1000? 1 tlsmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      verify unix - - n - 1 verify
      proxymap unix - - n - - proxymap
      error unix - - n - - error
      retry unix - - n - - error
      smtp unix - - n - - smtp
      virtual unix - n n - - virtual
      anvil unix - - n - 1 anvil
      scache unix - - n - 1 scache
      """;
}

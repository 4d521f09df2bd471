package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Dovecot with one mailbox to be read by IMAP, on free ports of this machine: one with
 * STARTTLS, one with TLS from the start.
 */
public final class DovecotMailbox implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path folder;
  private final Path maildir;
  private final Process process;
  private final int port;
  private final int tlsPort;

  private DovecotMailbox(Path folder, Path maildir, Process process, int port, int tlsPort) {
    this.folder = folder;
    this.maildir = maildir;
    this.process = process;
    this.port = port;
    this.tlsPort = tlsPort;
  }

  /**
   * Skips the test where Dovecot is not installed.
   *
   * @param maildir where the mail lies, such as where {@link Postfix} puts it; null: an own one
   */
  public static DovecotMailbox start(
      TestCertificates certificates, String user, String password, @Nullable Path maildir) {
    MailServerFixture.require("dovecot", PROGRAM);
    MailServerFixture.require("dovecot-imapd", Path.of("/usr/lib/dovecot/imap"));
    Path folder = MailServerFixture.folder("dovecot-imap");
    Path mail =
        maildir == null ? MailServerFixture.makeFolder(folder.resolve("mail"), "nobody") : maildir;
    MailServerFixture.makeFolder(folder.resolve("home"), "nobody");
    certificates.write(folder);
    MailServerFixture.write(folder.resolve("users"), user + ":{PLAIN}" + password + "\n");
    int port = MailServerFixture.freePort();
    int tlsPort = MailServerFixture.freePort();
    Path config = folder.resolve("dovecot.conf");
    MailServerFixture.write(config, CONFIG.formatted(folder, mail, port, tlsPort));
    Process process =
        MailServerFixture.start(folder, PROGRAM.toString(), "-F", "-c", config.toString());
    MailServerFixture.awaitListening(folder, process, tlsPort);
    return new DovecotMailbox(folder, mail, process, port, tlsPort);
  }

  /** STARTTLS. */
  public int port() {
    return port;
  }

  /** TLS from the start. */
  public int tlsPort() {
    return tlsPort;
  }

  /** Puts a mail into the inbox. */
  public void deliver(byte[] mime) {
    deliver(maildir, mime);
  }

  /** Puts a mail into another folder, which is made. */
  public void deliver(String name, byte[] mime) {
    deliver(maildir.resolve("." + name), mime);
  }

  /** Everything gets new numbers, as after a restore: UIDVALIDITY changes (RFC 3501, 2.3.1.1). */
  public void renumber() {
    try (Stream<Path> files = Files.list(maildir)) {
      for (Path file : files.toList())
        if (file.getFileName().toString().startsWith("dovecot")) Files.delete(file);
      Path numbers = maildir.resolve("dovecot-uidlist");
      long validity = System.currentTimeMillis() / 1000 + COUNT.incrementAndGet() * 1000L;
      Files.writeString(numbers, "3 V" + validity + " N1 G3085f01b7f11094c501100008c4a11c1\n");
      giveToNobody(numbers);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How many mails of the inbox nobody has marked as read. */
  public long unread() {
    return count("new") + count("cur", false);
  }

  public long all() {
    return count("new") + count("cur");
  }

  /** What it wrote about what it did. */
  public String log() {
    try {
      return Files.readString(folder.resolve("dovecot.log"));
    } catch (IOException none) {
      return "";
    }
  }

  @Override
  public void close() {
    MailServerFixture.stop(process, folder);
  }

  private static void deliver(Path maildir, byte[] mime) {
    for (String part : new String[] {"", "tmp", "new", "cur"})
      MailServerFixture.makeFolder(maildir.resolve(part), "nobody");
    String name = System.currentTimeMillis() / 1000 + ".M" + COUNT.incrementAndGet() + ".test";
    try {
      Path file = maildir.resolve("tmp").resolve(name);
      Files.write(file, mime);
      giveToNobody(file);
      Files.move(file, maildir.resolve("new").resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void giveToNobody(Path file) throws IOException {
    var users = file.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(file, users.lookupPrincipalByName("nobody"));
  }

  private long count(String part) {
    return names(part).count();
  }

  private long count(String part, boolean seen) {
    return names(part).filter(name -> name.matches(".*:2,.*S.*") == seen).count();
  }

  private Stream<String> names(String part) {
    Path inside = maildir.resolve(part);
    if (!Files.isDirectory(inside)) return Stream.empty();
    try (Stream<Path> files = Files.list(inside)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final String CONFIG =
      """
      protocols = imap
      ssl = yes
      ssl_cert = <%1$s/server.pem
      ssl_key = <%1$s/server.key
      base_dir = %1$s/run
      state_dir = %1$s/state
      log_path = %1$s/dovecot.log
      default_internal_user = dovecot
      default_login_user = dovenull
      disable_plaintext_auth = yes
      auth_mechanisms = plain login
      auth_failure_delay = 0
      mail_location = maildir:%2$s
      namespace inbox {
        inbox = yes
        mailbox Junk {
          special_use = \\Junk
        }
      }
      passdb {
        driver = passwd-file
        args = username_format=%%u %1$s/users
      }
      userdb {
        driver = static
        args = uid=nobody gid=nogroup home=%1$s/home
      }
      service imap-login {
        inet_listener imap {
          address = 127.0.0.1
          port = %3$d
        }
        inet_listener imaps {
          address = 127.0.0.1
          port = %4$d
          ssl = yes
        }
      }
      """;
}

package org.postroom.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Debian's Dovecot as the one who checks passwords for {@link Postfix}: PLAIN, LOGIN and CRAM-MD5,
 * on a free port of this machine.
 */
public final class Dovecot implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");

  private final Path folder;
  private final Process process;
  private final int authPort;

  private Dovecot(Path folder, Process process, int authPort) {
    this.folder = folder;
    this.process = process;
    this.authPort = authPort;
  }

  /** Skips the test where Dovecot is not installed. */
  public static Dovecot start(Map<String, String> passwords) {
    MailServerFixture.require("dovecot", PROGRAM);
    Path folder = MailServerFixture.folder("dovecot");
    int port = MailServerFixture.freePort();
    MailServerFixture.write(folder.resolve("users"), users(passwords));
    Path config = folder.resolve("dovecot.conf");
    MailServerFixture.write(config, config(folder, port));
    Process process =
        MailServerFixture.start(folder, PROGRAM.toString(), "-F", "-c", config.toString());
    MailServerFixture.awaitListening(folder, process, port);
    return new Dovecot(folder, process, port);
  }

  /**
   * XOAUTH2 and OAUTHBEARER only: each token is shown to the authorization server (RFC 7662), which
   * says whether it is good and whose it is.
   *
   * @param introspection with user and password of a client in it
   */
  public static Dovecot withTokens(String introspection) {
    MailServerFixture.require("dovecot", PROGRAM);
    Path folder = MailServerFixture.folder("dovecot");
    int port = MailServerFixture.freePort();
    MailServerFixture.write(
        folder.resolve("oauth2.conf"),
        """
        introspection_mode = post
        introspection_url = %s
        username_attribute = sub
        active_attribute = active
        active_value = true
        """
            .formatted(introspection));
    Path config = folder.resolve("dovecot.conf");
    MailServerFixture.write(
        config,
        config(folder, port)
            .replace("plain login cram-md5", "xoauth2 oauthbearer")
            .replace(
                "driver = passwd-file\n  args = username_format=%u " + folder + "/users",
                "driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = "
                    + folder
                    + "/oauth2.conf"));
    Process process =
        MailServerFixture.start(folder, PROGRAM.toString(), "-F", "-c", config.toString());
    MailServerFixture.awaitListening(folder, process, port);
    return new Dovecot(folder, process, port);
  }

  /** What it wrote about what it did. */
  public String log() {
    try {
      return java.nio.file.Files.readString(folder.resolve("dovecot.log"));
    } catch (java.io.IOException none) {
      return "";
    }
  }

  /** Where it answers in Dovecot's authentication protocol. */
  public int authPort() {
    return authPort;
  }

  @Override
  public void close() {
    MailServerFixture.stop(process, folder);
  }

  private static String users(Map<String, String> passwords) {
    return passwords.entrySet().stream()
        .map(one -> one.getKey() + ":{PLAIN}" + one.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String config(Path folder, int port) {
    return """
    protocols =
    ssl = no
    base_dir = %1$s/run
    state_dir = %1$s/state
    log_path = %1$s/dovecot.log
    default_internal_user = dovecot
    default_login_user = dovenull
    auth_mechanisms = plain login cram-md5
    passdb {
      driver = passwd-file
      args = username_format=%%u %1$s/users
    }
    userdb {
      driver = static
      args = uid=nobody gid=nogroup home=%1$s/home
    }
    service auth {
      inet_listener auth-client {
        address = 127.0.0.1
        port = %2$d
      }
    }
    """
        .formatted(folder, port);
  }
}

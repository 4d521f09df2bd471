package org.postroom.bounces;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.net.Trust;
import org.postroom.transport.Login;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reads by IMAP (RFC 3501): by UID, so that moving and deleting by others does not matter. A folder
 * whose UIDVALIDITY changed is looked through once more from the given day on.
 */
@Component
class ImapReader implements MailboxReader {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int AT_ONCE = 500;
  private static final Pattern MARK = Pattern.compile("(\\d{1,18}):(\\d{1,18})");
  private static final List<String> JUNK =
      List.of("Junk", "Spam", "Junk E-mail", "Junk Email", "Bulk Mail");

  private final Trust trust;

  @Autowired
  ImapReader(Settings settings) {
    this(Trust.of(settings));
  }

  ImapReader(Trust trust) {
    this.trust = trust;
  }

  @Override
  public boolean reads(Where where) {
    return where instanceof Where.Imap;
  }

  @Override
  public void read(Where where, Instant since, Sink sink) throws CannotRead {
    Where.Imap imap = (Where.Imap) where;
    boolean tls = imap.security() == Login.Security.TLS;
    Session session = Session.getInstance(properties(imap, tls ? "imaps" : "imap"));
    try (Store store = session.getStore(tls ? "imaps" : "imap")) {
      store.connect(imap.host(), imap.port(), imap.user(), imap.secret());
      for (Folder folder : folders(store, imap.folders()))
        read((IMAPFolder) folder, imap.folders(), since, sink);
    } catch (MessagingException trouble) {
      throw cannot(imap, trouble);
    }
  }

  private static List<Folder> folders(Store store, Where.Folders wanted)
      throws MessagingException, CannotRead {
    Folder chosen = store.getFolder(wanted.name());
    if (!chosen.exists())
      throw new CannotRead(
          Trouble.Kind.FOLDER, "The mailbox has no folder “" + wanted.name() + "”.");
    List<Folder> folders = new ArrayList<>(List.of(chosen));
    Folder junk = wanted.junk() ? junk(store) : null;
    if (junk != null && !junk.getFullName().equals(chosen.getFullName())) folders.add(junk);
    return folders;
  }

  /** By its special use (RFC 6154), else by its usual names. */
  private static @Nullable Folder junk(Store store) throws MessagingException {
    for (Folder folder : store.getDefaultFolder().list("*")) {
      boolean marked =
          folder instanceof IMAPFolder imap
              && Arrays.stream(imap.getAttributes()).anyMatch("\\Junk"::equalsIgnoreCase);
      if (marked) return folder;
    }
    for (String name : JUNK) {
      Folder folder = store.getFolder(name);
      if (folder.exists()) return folder;
    }
    return null;
  }

  private static void read(IMAPFolder folder, Where.Folders wanted, Instant since, Sink sink)
      throws MessagingException, CannotRead {
    folder.open(wanted.markRead() ? Folder.READ_WRITE : Folder.READ_ONLY);
    try {
      long validity = folder.getUIDValidity();
      long last = last(sink.position(), folder.getFullName(), validity);
      long next = folder.getUIDNext();
      boolean more = false;
      for (Message message : fresh(folder, last, since)) {
        if (sink.enough()) {
          more = true;
          break;
        }
        long uid = folder.getUID(message);
        take((IMAPMessage) message, wanted, sink);
        sink.reached("imap/" + folder.getFullName(), validity + ":" + uid);
        last = uid;
      }
      // Where nothing of interest lay, the next look need not search by date once more.
      if (!more && next > 0 && next - 1 > last && last == 0)
        sink.reached("imap/" + folder.getFullName(), validity + ":" + (next - 1));
    } finally {
      if (folder.isOpen()) folder.close(false);
    }
  }

  private static long last(Position position, String folder, long validity) {
    Matcher mark = MARK.matcher(position.mark("imap/" + folder).orElse(""));
    boolean same = mark.matches() && Long.parseLong(mark.group(1)) == validity;
    return same ? Long.parseLong(mark.group(2)) : 0;
  }

  /** The first of those behind the mark; without one those since that day. Oldest first. */
  private static List<Message> fresh(IMAPFolder folder, long last, Instant since)
      throws MessagingException {
    Message[] all =
        last > 0
            ? folder.getMessagesByUID(last + 1, UIDFolder.LASTUID)
            : folder.search(new ReceivedDateTerm(ComparisonTerm.GE, Date.from(since)));
    Message[] some = Arrays.copyOf(all, Math.min(all.length, AT_ONCE));
    FetchProfile profile = new FetchProfile();
    profile.add(UIDFolder.FetchProfileItem.UID);
    profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
    folder.fetch(some, profile);
    List<Message> fresh = new ArrayList<>();
    // "n:*" means the newest at least (RFC 3501, section 6.4.8), also where that is older than n.
    for (Message message : some)
      if (message != null && folder.getUID(message) > last) fresh.add(message);
    return fresh;
  }

  private static void take(IMAPMessage message, Where.Folders wanted, Sink sink)
      throws MessagingException, CannotRead {
    message.setPeek(true);
    Date received = message.getReceivedDate();
    byte[] mime;
    try (InputStream in = message.getMimeStream()) {
      mime = in.readNBytes(Sink.MOST_BYTES);
    } catch (MessageRemovedException gone) {
      return;
    } catch (IOException broken) {
      if (message.isExpunged()) return;
      throw new CannotRead(
          Trouble.Kind.UNREACHABLE, "The connection broke while a mail was read.");
    }
    boolean report = sink.take(mime, received == null ? Instant.EPOCH : received.toInstant());
    if (report && wanted.markRead()) message.setFlag(Flags.Flag.SEEN, true);
  }

  private Properties properties(Where.Imap where, String protocol) {
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.put(prefix + "connectiontimeout", CONNECT.toMillis());
    properties.put(prefix + "timeout", PATIENCE.toMillis());
    properties.put(prefix + "writetimeout", PATIENCE.toMillis());
    properties.put(prefix + "connectionpoolsize", "1");
    properties.put(prefix + "peek", "true");
    properties.put(prefix + "fetchsize", Integer.toString(256 * 1024));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "ssl.socketFactory", trust.sockets());
    properties.put(prefix + "ssl.protocols", "TLSv1.2 TLSv1.3");
    if (where.security() == Login.Security.STARTTLS) {
      properties.put(prefix + "starttls.enable", "true");
      properties.put(prefix + "starttls.required", "true");
    }
    if (where.token()) properties.put(prefix + "auth.mechanisms", "XOAUTH2");
    return properties;
  }

  private static CannotRead cannot(Where.Imap where, MessagingException trouble) {
    String server = where.host() + ":" + where.port();
    String said = said(trouble, where.secret());
    if (trouble instanceof AuthenticationFailedException)
      return new CannotRead(
          Trouble.Kind.SIGN_IN, server + " did not let “" + where.user() + "” in. " + said);
    if (trouble instanceof FolderNotFoundException)
      return new CannotRead(Trouble.Kind.FOLDER, "The folder cannot be opened. " + said);
    if (hasCause(trouble, SSLException.class) || said.toLowerCase(Locale.ROOT).contains("starttls"))
      return new CannotRead(
          Trouble.Kind.NOT_PRIVATE, "No private connection to " + server + ". " + said);
    if (hasCause(trouble, IOException.class))
      return new CannotRead(
          Trouble.Kind.UNREACHABLE, server + " could not be reached. " + said);
    return new CannotRead(Trouble.Kind.OTHER, server + " could not be read. " + said);
  }

  private static boolean hasCause(Throwable trouble, Class<?> kind) {
    for (Throwable one = trouble; one != null; one = one.getCause())
      if (kind.isInstance(one)) return true;
    return false;
  }

  /** What the server or the runtime said, without the secret. */
  private static String said(MessagingException trouble, String secret) {
    String message = trouble.getMessage();
    if (message == null || message.isBlank()) return "";
    String line = message.replaceAll("\\s+", " ").strip();
    return "(" + (secret.isEmpty() ? line : line.replace(secret, "****")) + ")";
  }
}

package org.postroom.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One mailbox: {@code local@domain} with an optional display name (RFC 5322 mailbox). The domain is
 * kept as typed, in lower case; {@link #wire()} gives the form for the envelope.
 *
 * @param name what people read before the address, without control characters, or null
 * @param spec the addr-spec, {@code local@domain}, at most 254 octets (RFC 5321 4.5.3.1)
 */
public record Address(@Nullable String name, String spec) {
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  public Address {
    String trouble = trouble(spec);
    if (trouble != null) throw new IllegalArgumentException(trouble);
    if (name != null) {
      if (hasControls(name)) {
        throw new IllegalArgumentException(
            "A name must not contain line breaks or control characters.");
      }
      name = name.isBlank() ? null : name.strip();
    }
    int at = spec.lastIndexOf('@');
    spec = spec.substring(0, at + 1) + spec.substring(at + 1).toLowerCase(Locale.ROOT);
  }

  /** An address without a name. Throws IllegalArgumentException with a sentence for people. */
  public static Address of(String spec) {
    return new Address(null, spec.strip());
  }

  /** Reads {@code a@b.example}, {@code Name <a@b.example>} or {@code "Name" <a@b.example>}. */
  public static Address parse(String text) {
    String trimmed = text.strip();
    if (hasControls(trimmed)) {
      throw new IllegalArgumentException(
          "An address must not contain line breaks or control characters.");
    }
    int open = trimmed.lastIndexOf('<');
    if (open < 0 || !trimmed.endsWith(">")) return of(trimmed);
    String name = trimmed.substring(0, open).strip();
    if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
      name = name.substring(1, name.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
    return new Address(name, trimmed.substring(open + 1, trimmed.length() - 1).strip());
  }

  /** Like {@link #parse}, but empty where the text is no address. */
  public static Optional<Address> tryParse(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Why the text is no address, as a sentence; null when it is one. */
  public static @Nullable String trouble(String spec) {
    if (spec.isBlank()) return "The address is empty.";
    if (hasControls(spec)) return "An address must not contain line breaks or control characters.";
    int at = spec.lastIndexOf('@');
    if (at < 1)
      return "“" + spec + "” is not an email address: the part before or the sign @ is missing.";
    String local = spec.substring(0, at);
    String domain = spec.substring(at + 1);
    if (local.length() > 64 || spec.length() > 254)
      return "The address is longer than mail allows.";
    if (!localIsWellFormed(local))
      return "“" + spec + "” is not an email address: look at the part before the @.";
    if (!domainIsWellFormed(domain))
      return "“" + spec + "” is not an email address: look at the part after the @.";
    return null;
  }

  public String local() {
    return spec.substring(0, spec.lastIndexOf('@'));
  }

  public String domain() {
    return spec.substring(spec.lastIndexOf('@') + 1);
  }

  /** The form for the envelope: domain as A-labels (RFC 5890); the local part as it is. */
  public String wire() {
    return local() + "@" + ascii(domain());
  }

  /** Whether handing this over needs SMTPUTF8 (RFC 6531): a local part outside ASCII. */
  public boolean needsSmtpUtf8() {
    return local().chars().anyMatch(c -> c > 126);
  }

  /** Equal addresses for people: local parts differ in case only on paper. */
  public String key() {
    return wire().toLowerCase(Locale.ROOT);
  }

  /** For people: {@code Name <a@b.example>}. Not for headers, see {@link Mime}. */
  public String display() {
    return name == null ? spec : name + " <" + spec + ">";
  }

  private static boolean hasControls(String text) {
    return text.chars()
        .anyMatch(c -> c < 32 || c == 127 || c == 0x2028 || c == 0x2029 || c == 0x85);
  }

  private static boolean localIsWellFormed(String local) {
    if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) return false;
    return local
        .chars()
        .allMatch(
            c -> c > 127 || Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0);
  }

  private static boolean domainIsWellFormed(String domain) {
    if (domain.isEmpty() || domain.startsWith(".") || domain.endsWith(".") || domain.contains(".."))
      return false;
    String ascii;
    try {
      ascii = ascii(domain);
    } catch (IllegalArgumentException notADomain) {
      return false;
    }
    if (ascii.length() > 253) return false;
    for (String label : ascii.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) return false;
    }
    return true;
  }

  /** What is ASCII already stays as it is: most are, and every mail has several. */
  private static String ascii(String domain) {
    for (int i = 0; i < domain.length(); i++)
      if (domain.charAt(i) > 127) return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
    return domain;
  }
}

package org.postroom.accounts.oauth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Permissions as providers write them: words with a blank between (RFC 6749, section 3.3). */
public final class Scopes {
  /** Google's whole mailbox: includes sending. */
  public static final String GOOGLE_MAIL = "https://mail.google.com/";

  private static final int MOST = 100;

  private Scopes() {}

  public static Set<String> parse(String text) {
    var scopes = new LinkedHashSet<String>();
    Arrays.stream(text.strip().split("\\s+", MOST + 1))
        .filter(scope -> !scope.isEmpty())
        .limit(MOST)
        .forEach(scopes::add);
    return scopes;
  }

  /** Which of the wanted ones were not granted. */
  public static List<String> missing(Set<String> granted, List<String> wanted) {
    return wanted.stream().filter(scope -> !covers(granted, scope)).toList();
  }

  /** Microsoft answers {@code Mail.Send} or the whole address of it, in any case. */
  private static boolean covers(Set<String> granted, String wanted) {
    boolean gmail = wanted.endsWith("/gmail.send") || wanted.endsWith("/gmail.readonly");
    if (gmail && granted.contains(GOOGLE_MAIL)) return true;
    boolean reads = name(wanted).equals("mail.read");
    return granted.stream()
        .map(Scopes::name)
        .anyMatch(one -> one.equals(name(wanted)) || (reads && one.equals("mail.readwrite")));
  }

  /** The last part of an address, as {@code mail.send}. */
  public static String name(String scope) {
    String bare = scope.endsWith("/") ? scope.substring(0, scope.length() - 1) : scope;
    return bare.substring(bare.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}

package org.postroom.notifications;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.notifications.Notification.Kind;

/**
 * What somebody wants the company's people to know.
 *
 * @param id the same id again is the same news, told once: {@code evt_…/goods_received}
 * @param title one sentence; at most 200 characters are kept
 * @param text more about it; at most 2,000 characters are kept
 * @param link a path inside the product, starting with a slash
 */
public record NewNotification(
    String company,
    String id,
    Kind kind,
    String title,
    String text,
    @Nullable String documentKind,
    @Nullable String documentNumber,
    @Nullable String link) {
  private static final int TITLE = 200;
  private static final int TEXT = 2000;

  public NewNotification {
    title = shortened(title, TITLE);
    text = shortened(text, TEXT);
    if (link != null && !link.matches("/[^/\\\\].*"))
      throw new IllegalArgumentException("A link is a path of ours, not " + link);
    if ((documentKind == null) != (documentNumber == null))
      throw new IllegalArgumentException("A document has a kind and a number.");
    if (id.isBlank() || Objects.requireNonNull(company).isBlank())
      throw new IllegalArgumentException("NewNotification needs a company and an id.");
  }

  /** About a document. */
  public static NewNotification of(
      String company, String id, Kind kind, String title, String documentKind, String number) {
    return new NewNotification(company, id, kind, title, "", documentKind, number, null);
  }

  public NewNotification text(String more) {
    return new NewNotification(company, id, kind, title, more, documentKind, documentNumber, link);
  }

  public NewNotification link(String path) {
    return new NewNotification(company, id, kind, title, text, documentKind, documentNumber, path);
  }

  private static String shortened(String words, int most) {
    String one = words.strip();
    return one.length() <= most ? one : one.substring(0, most - 1) + "…";
  }
}

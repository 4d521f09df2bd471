package org.postroom.callbacks;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.happenings.HappeningType;
import org.postroom.http.Nearest;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.net.GuardedWeb;

/**
 * What somebody wants of an endpoint, as typed.
 *
 * @param url null: as it was
 * @param description null: as it was
 * @param events words of {@link HappeningType}; empty for all; null: as they were
 * @param active null: as it was
 */
public record EndpointWish(
    @Nullable String url,
    @Nullable String description,
    @Nullable List<String> events,
    @Nullable Boolean active) {
  private static final int LONGEST_URL = 1000;
  private static final int LONGEST_DESCRIPTION = 200;

  /** Looks names up: not inside a transaction. */
  WebhookEndpoint on(WebhookEndpoint before, GuardedWeb web) {
    List<FieldError> errors = new ArrayList<>();
    String address = url == null ? before.url() : address(url.strip(), web, errors);
    String words = description == null ? before.description() : words(description.strip(), errors);
    Set<HappeningType> types = events == null ? before.events() : types(events, errors);
    boolean on = active == null ? before.active() : active;
    if (address.isEmpty() && errors.isEmpty())
      errors.add(new FieldError("/url", "required", "Enter the address to call."));
    if (!errors.isEmpty()) throw Problem.invalid(errors);
    return new WebhookEndpoint(
        before.company(),
        before.id(),
        address,
        words,
        types,
        on,
        before.createdAt(),
        before.beforeUntil(),
        before.failures(),
        before.failingSince(),
        before.lastSuccess(),
        before.lastFailure(),
        before.lastTrouble(),
        before.offAt(),
        before.offReason());
  }

  private static String words(String text, List<FieldError> errors) {
    if (text.length() > LONGEST_DESCRIPTION || text.chars().anyMatch(Character::isISOControl))
      errors.add(new FieldError("/description", "too_long", "One line of at most 200 characters."));
    return text;
  }

  private static Set<HappeningType> types(List<String> words, List<FieldError> errors) {
    Set<HappeningType> types = EnumSet.noneOf(HappeningType.class);
    List<String> known =
        java.util.Arrays.stream(HappeningType.values()).map(HappeningType::word).toList();
    for (int i = 0; i < words.size() && errors.size() < 20; i++) {
      String word = words.get(i);
      String where = "/events/" + i;
      HappeningType.of(word)
          .ifPresentOrElse(
              types::add,
              () ->
                  errors.add(
                      new FieldError(
                          where,
                          "unknown_event",
                          "There is no event “" + shown(word) + "”." + Nearest.hint(word, known))));
    }
    return types;
  }

  private static String address(String text, GuardedWeb web, List<FieldError> errors) {
    try {
      URI uri = uri(text);
      String why = web.whyNot(uri);
      if (why != null) errors.add(new FieldError("/url", "not_allowed", why));
      return uri.toString();
    } catch (IllegalArgumentException wrong) {
      errors.add(new FieldError("/url", "invalid", String.valueOf(wrong.getMessage())));
      return text;
    }
  }

  /** As it goes over the wire: the host in ASCII, nothing that servers never see. */
  private static URI uri(String text) {
    if (text.isEmpty()) throw new IllegalArgumentException("Enter the address to call.");
    if (text.length() > LONGEST_URL)
      throw new IllegalArgumentException("An address has at most 1,000 characters.");
    URI uri = parsed(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http"))
      throw new IllegalArgumentException("The address must begin with https://");
    if (uri.getHost() == null)
      throw new IllegalArgumentException("“" + shown(text) + "” names no server.");
    if (uri.getRawUserInfo() != null)
      throw new IllegalArgumentException(
          "Leave name and password out of the address; calls are signed instead.");
    if (uri.getRawFragment() != null)
      throw new IllegalArgumentException("What follows # never reaches a server; leave it out.");
    if (uri.getPort() == 0 || uri.getPort() > 65_535)
      throw new IllegalArgumentException("There is no port " + uri.getPort() + ".");
    return URI.create(scheme + uri.toASCIIString().substring(scheme.length()));
  }

  private static URI parsed(String text) {
    try {
      return new URI(asciiHost(text));
    } catch (URISyntaxException | IllegalArgumentException notOne) {
      throw new IllegalArgumentException(
          "“" + shown(text) + "” is no address such as https://erp.example/hooks.", notOne);
    }
  }

  /** {@code https://bücher.example/x} → {@code https://xn--bcher-kva.example/x}. */
  private static String asciiHost(String text) {
    int start = text.indexOf("://") + 3;
    if (start < 3) return text;
    int end = start;
    while (end < text.length() && "/?#:".indexOf(text.charAt(end)) < 0) end++;
    String host = text.substring(start, end);
    if (host.chars().allMatch(c -> c < 128)) return text;
    return text.substring(0, start) + IDN.toASCII(host) + text.substring(end);
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}

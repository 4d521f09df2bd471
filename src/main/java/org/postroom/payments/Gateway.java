package org.postroom.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A way to pay as a company set it up, without its secrets.
 *
 * @param title for customers; for a transfer only for the company's own people
 * @param position 1 is offered first
 * @param currencies ISO 4217; empty: all that the provider takes
 * @param address only of kind URL
 */
public record Gateway(
    String company,
    String id,
    Way.Kind kind,
    String title,
    boolean enabled,
    int position,
    List<String> currencies,
    @Nullable Address address,
    Keys keys,
    Heard heard,
    Instant createdAt,
    long version) {

  public Gateway {
    currencies = List.copyOf(currencies);
  }

  /**
   * Where customers are sent.
   *
   * @param pattern see {@link AddressPattern}
   * @param signature name of the parameter that carries our signature; null: none
   */
  public record Address(String pattern, @Nullable String signature) {}

  /**
   * What there is of secrets.
   *
   * @param mode what the key's prefix says; null without a key, or where it says nothing
   * @param secret whether there is one
   * @param hook whether there is one for what the provider tells
   * @param beforeUntil until when the former one counts beside it; null: there is none
   */
  public record Keys(
      @Nullable Mode mode, boolean secret, boolean hook, @Nullable Instant beforeUntil) {}

  /**
   * How it goes.
   *
   * @param at when the provider last told us something
   * @param trouble why a customer could not be sent there the last time; null: they could
   */
  public record Heard(
      @Nullable Instant at, @Nullable String trouble, @Nullable Instant troubleAt) {}

  /** Whether money really moves. */
  public enum Mode {
    TEST,
    LIVE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Mode> of(@Nullable String word) {
      return Stream.of(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
  }

  /** The id customers' choices name it by. */
  public String way() {
    return kind == Way.Kind.BANK ? "bank" : id;
  }

  public String kindWord() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is offered for that currency, as far as the company says. */
  public boolean offers(String currency) {
    return enabled && (currencies.isEmpty() || currencies.contains(currency));
  }

  /** Whether the provider has been silent for a day, or always. */
  public boolean silent(Instant now) {
    if (kind != Way.Kind.STRIPE) return false;
    Instant at = heard.at();
    return at == null || at.isBefore(now.minus(Duration.ofDays(1)));
  }
}

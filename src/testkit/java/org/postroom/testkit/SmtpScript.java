package org.postroom.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a {@link ScriptedSmtpServer} does otherwise than a good server. The first rule decides. */
public final class SmtpScript {

  /** Where the server can misbehave. */
  public enum Verb {
    /** Before the greeting. */
    CONNECT,
    EHLO,
    HELO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /** After the 354, before the content is read. */
    BODY,
    /** After the final dot. */
    CONTENT,
    RSET,
    QUIT
  }

  /** What it does instead. */
  public sealed interface Effect {
    /** One or more lines, without the last line's end. A 2xx or 3xx goes on as usual. */
    record Say(String reply) implements Effect {}

    /** One or more lines, then it closes the connection. */
    record SayAndClose(String reply) implements Effect {}

    /** Closes without a word; hard: with a reset. */
    record Drop(boolean hard) implements Effect {}

    /** Says nothing until released, then goes on as usual. */
    record Stall() implements Effect {}

    /** One byte at a time, for ever too slow. */
    record Drip(String reply) implements Effect {}

    /** Only for BODY: reads that many octets, then closes without a word. */
    record DropAfter(int octets) implements Effect {}
  }

  /**
   * When something happens; all numbers start at 1.
   *
   * @param connection of the server's life
   * @param message counted by MAIL commands of the server's life
   * @param recipient counted by RCPT commands of this message
   * @param line the command as it came
   */
  public record Moment(int connection, int message, int recipient, String line) {}

  private record Rule(Verb verb, Predicate<Moment> when, Effect effect) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /** At this verb, always; narrow it with the methods of {@link At}. */
  public At at(Verb verb) {
    return new At(verb, moment -> true);
  }

  public void clear() {
    rules.clear();
  }

  @Nullable Effect effect(Verb verb, Moment moment) {
    return rules.stream()
        .filter(rule -> rule.verb() == verb && rule.when().test(moment))
        .findFirst()
        .map(Rule::effect)
        .orElse(null);
  }

  /** A place in the conversation, waiting for what is to happen there. */
  public final class At {
    private final Verb verb;
    private final Predicate<Moment> when;

    private At(Verb verb, Predicate<Moment> when) {
      this.verb = verb;
      this.when = when;
    }

    public At connection(int number) {
      return and(moment -> moment.connection() == number);
    }

    public At message(int number) {
      return and(moment -> moment.message() == number);
    }

    public At recipient(int number) {
      return and(moment -> moment.recipient() == number);
    }

    public At lineContaining(String text) {
      return and(moment -> moment.line().contains(text));
    }

    public void say(String reply) {
      does(new Effect.Say(reply));
    }

    public void sayAndClose(String reply) {
      does(new Effect.SayAndClose(reply));
    }

    public void drop() {
      does(new Effect.Drop(false));
    }

    public void reset() {
      does(new Effect.Drop(true));
    }

    public void stall() {
      does(new Effect.Stall());
    }

    public void drip(String reply) {
      does(new Effect.Drip(reply));
    }

    public void does(Effect effect) {
      rules.add(new Rule(verb, when, effect));
    }

    private At and(Predicate<Moment> further) {
      return new At(verb, when.and(further));
    }
  }
}

package org.postroom.net;

import java.util.List;
import java.util.function.Function;

/**
 * What the domain name system says to one question. Only {@link Unanswered} may be different a
 * moment later.
 */
public sealed interface DnsAnswer<T> {

  /** At least one, in the order of the answer. */
  record Records<T>(List<T> records) implements DnsAnswer<T> {
    public Records {
      records = List.copyOf(records);
    }
  }

  /** The name does not exist (NXDOMAIN, RFC 1035; nor does any below it, RFC 8020). */
  record NoSuchName<T>() implements DnsAnswer<T> {}

  /** The name exists, without records of this kind. */
  record NoRecords<T>() implements DnsAnswer<T> {}

  /**
   * Nobody could be asked, or the server could not tell.
   *
   * @param why plain sentence
   */
  record Unanswered<T>(String why) implements DnsAnswer<T> {}

  /** The records; none in every other case. */
  default List<T> all() {
    return this instanceof Records<T>(List<T> records) ? records : List.of();
  }

  /** Whether we know what there is, be it nothing. */
  default boolean known() {
    return !(this instanceof Unanswered);
  }

  /** A void look-up in the words of RFC 7208: an answer, but an empty one. */
  default boolean empty() {
    return this instanceof NoSuchName || this instanceof NoRecords;
  }

  /** The same answer with other records; one that leaves none is no records. */
  default <U> DnsAnswer<U> flatMap(Function<T, List<U>> each) {
    return switch (this) {
      case Records<T>(List<T> records) -> {
        List<U> others = records.stream().map(each).flatMap(List::stream).toList();
        yield others.isEmpty() ? new NoRecords<>() : new Records<>(others);
      }
      case NoSuchName<T>() -> new NoSuchName<>();
      case NoRecords<T>() -> new NoRecords<>();
      case Unanswered<T>(String why) -> new Unanswered<>(why);
    };
  }
}

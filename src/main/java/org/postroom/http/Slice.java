package org.postroom.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. {@code nextCursor} is opaque to clients and null at the end.
 *
 * @param data at most as many as were asked for
 */
public record Slice<T>(List<T> data, boolean hasMore, @Nullable String nextCursor) {

  public Slice {
    data = List.copyOf(data);
  }

  /** From one row more than asked for: the extra one tells that there are more. */
  public static <T> Slice<T> of(List<T> oneMore, int limit, Function<T, String> cursor) {
    boolean more = oneMore.size() > limit;
    List<T> data = more ? oneMore.subList(0, limit) : oneMore;
    return new Slice<>(data, more, more ? cursor.apply(data.getLast()) : null);
  }

  public <R> Slice<R> map(Function<T, R> each) {
    return new Slice<>(data.stream().map(each).toList(), hasMore, nextCursor);
  }

  /**
   * The cursor a client gave, where lists go by id: null at the start, 422 for one that cannot have
   * come from such a list.
   *
   * @param prefix of the ids, such as {@code msg}
   */
  public static @Nullable String cursor(@Nullable String asked, String prefix) {
    if (asked == null || asked.isEmpty()) return null;
    if (!asked.matches(prefix + "_[0-9a-z]{26}"))
      throw Problem.invalid("cursor", "invalid", "This cursor did not come from this list.");
    return asked;
  }

  /** The limit a client asked for, checked: 1 to 200, 50 when absent. */
  public static int limit(@Nullable Integer asked) {
    if (asked == null) return 50;
    if (asked < 1 || asked > 200)
      throw Problem.invalid("limit", "out_of_range", "limit must be between 1 and 200.");
    return asked;
  }
}

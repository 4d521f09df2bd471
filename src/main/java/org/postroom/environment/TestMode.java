package org.postroom.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;

/**
 * What becomes of a company's mail while it tries things out.
 *
 * @param redirectTo who gets all of it; only for {@link Mode#REDIRECT}
 * @param allowed addresses ({@code anna@acme.example}) and domains ({@code acme.example}, without
 *     those below it) that mail really goes to; only for {@link Mode#ALLOW_LIST}, at least one
 * @param version grows with each change, 0 where nothing was ever set
 */
public record TestMode(
    Mode mode, @Nullable Address redirectTo, List<String> allowed, long version) {
  static final int MOST = 200;

  /** In earnest. */
  public static final TestMode OFF = new TestMode(Mode.OFF, null, List.of(), 0);

  public enum Mode {
    OFF("Off: mail goes to those it is written to"),
    CATCH_ALL("Nothing leaves: everything is kept under Caught mail"),
    REDIRECT("Everything goes to one address instead"),
    ALLOW_LIST("Only some addresses and domains get mail; the rest is kept under Caught mail");

    private final String words;

    Mode(String words) {
      this.words = words;
    }

    /** The word in the API and the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
      return words;
    }

    static Mode of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** By word. */
    public static Map<String, Mode> byWord() {
      Map<String, Mode> all = new java.util.LinkedHashMap<>();
      for (Mode mode : values()) all.put(mode.word(), mode);
      return all;
    }
  }

  public TestMode {
    allowed = List.copyOf(allowed);
  }

  public boolean on() {
    return mode != Mode.OFF;
  }

  /** As somebody gave it: what belongs to another mode is left out; 422 with all that is wrong. */
  public static TestMode of(Mode mode, @Nullable String redirectTo, List<String> allowed) {
    List<FieldError> wrong = new ArrayList<>();
    TestMode read =
        switch (mode) {
          case OFF, CATCH_ALL -> new TestMode(mode, null, List.of(), 0);
          case REDIRECT -> new TestMode(mode, redirect(redirectTo, wrong), List.of(), 0);
          case ALLOW_LIST -> new TestMode(mode, null, allowed(allowed, wrong), 0);
        };
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return read;
  }

  private static @Nullable Address redirect(@Nullable String typed, List<FieldError> wrong) {
    String trouble =
        typed == null || typed.isBlank()
            ? "Name the address that gets all mail."
            : Address.trouble(typed.strip());
    if (typed != null && trouble == null) return Address.of(typed);
    wrong.add(new FieldError("/redirect_to", "invalid", String.valueOf(trouble)));
    return null;
  }

  private static List<String> allowed(List<String> typed, List<FieldError> wrong) {
    List<String> kept = new ArrayList<>();
    if (typed.size() > MOST)
      wrong.add(new FieldError("/allowed", "too_many", "At most " + MOST + " are kept."));
    for (int i = 0; i < Math.min(typed.size(), MOST); i++) {
      String one = typed.get(i).strip();
      if (one.isEmpty()) continue;
      // A domain is one where some address could be.
      String address = one.contains("@") ? one : "x@" + one;
      if (Address.trouble(address) == null) kept.add(one);
      else
        wrong.add(
            new FieldError(
                "/allowed/" + i, "invalid", "“" + one + "” is neither an address nor a domain."));
    }
    if (kept.isEmpty() && wrong.isEmpty())
      wrong.add(new FieldError("/allowed", "required", "Name at least one address or domain."));
    return kept.stream().distinct().toList();
  }

  TestMode at(long version) {
    return new TestMode(mode, redirectTo, allowed, version);
  }
}

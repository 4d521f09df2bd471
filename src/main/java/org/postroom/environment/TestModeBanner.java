package org.postroom.environment;

import java.util.List;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Banner;
import org.springframework.stereotype.Component;

/** On every page, for everybody: that mail does not go where it is written to. */
@Component
class TestModeBanner implements Banner {
  private static final Link PAGE = new Link("/system/test-mode", "Test mode");
  private static final Link CAUGHT = new Link("/caught", "Caught mail");
  private final Environment environment;
  private final TestModes modes;
  private final Access access;

  TestModeBanner(Environment environment, TestModes modes, Access access) {
    this.environment = environment;
    this.modes = modes;
    this.access = access;
  }

  @Override
  public List<Notice> notices(String company) {
    return notices(company, List.of());
  }

  @Override
  public List<Notice> notices(String company, String person) {
    return switch (environment.standing()) {
      case ORIGINAL -> {
        TestMode mode = modes.of(company);
        yield mode.on() ? List.of(notice(mode, links(company, person))) : List.of();
      }
      case MUTED -> List.of(muted(may(company, person, Right.MANAGE_PEOPLE)));
      case TEST_COPY ->
          List.of(
              new Notice(
                  Kind.TEST,
                  "Test copy: nothing leaves this system",
                  "This is a copy of another Postroom. All mail is kept under Caught mail, and"
                      + " nobody outside is called.",
                  links(company, person)));
    };
  }

  private List<Notice> notices(String company, List<Link> links) {
    TestMode mode = modes.of(company);
    return mode.on() ? List.of(notice(mode, links)) : List.of();
  }

  private List<Link> links(String company, String person) {
    List<Link> caught = may(company, person, Right.SEE_ALL_MAIL) ? List.of(CAUGHT) : List.of();
    if (!may(company, person, Right.MANAGE_ACCOUNTS)) return caught;
    return List.of(CAUGHT, PAGE);
  }

  private boolean may(String company, String person, Right right) {
    return access.caller(person, company).map((Caller reader) -> reader.may(right)).orElse(false);
  }

  private static Notice muted(boolean decides) {
    String text =
        "This is a copy of another Postroom, and nobody has said yet what it is for. Nothing is sent,"
            + " nothing runs by itself, and nothing is lost. ";
    return new Notice(
        Kind.TEST,
        "Muted: nothing leaves this system",
        text
            + (decides
                ? "Say whether it is the original now, or stays silent, or is a test copy."
                : "An administrator can say whether it is the original now."),
        decides ? List.of(new Link(PAGE.path(), "Say what this copy is")) : List.of());
  }

  private static Notice notice(TestMode mode, List<Link> links) {
    String to = mode.redirectTo() == null ? "" : mode.redirectTo().spec();
    return switch (mode.mode()) {
      case REDIRECT ->
          new Notice(
              Kind.TEST, "Test mode: all mail goes to " + to, "Nobody else gets anything.", links);
      case ALLOW_LIST ->
          new Notice(
              Kind.TEST,
              "Test mode: only " + some(mode.allowed()) + " get mail",
              "Everything else is kept under Caught mail.",
              links);
      default ->
          new Notice(
              Kind.TEST,
              "Test mode: nothing leaves this system",
              "All mail is kept under Caught mail.",
              links);
    };
  }

  private static String some(List<String> allowed) {
    if (allowed.size() <= 2) return String.join(" and ", allowed);
    return allowed.getFirst() + " and " + (allowed.size() - 1) + " more";
  }
}

package org.postroom.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUnusable;
import org.postroom.accounts.Connection;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws from what happens how far it came, and what is wrong. */
final class Conclusion {
  private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);
  private static final int MOST_LINES = 200;
  private static final int MOST_CHARACTERS = 1000;

  /** What a provider says before it comes to renewing anything. */
  private static final Set<String> CONSENT =
      Set.of("X02", "X03", "X04", "X14", "X24", "X32", "X33", "X34", "X35");

  private final Account account;
  private final Progress progress;
  private final Findings findings;
  private final Masks masks = new Masks();
  private final List<Advice> advice = new ArrayList<>();
  private final List<String> talk = new ArrayList<>();
  private @Nullable Login login;
  private @Nullable Finding finding;
  private String greeting = "";
  private boolean open = true;

  Conclusion(Account account, Progress progress, Findings findings) {
    this.account = account;
    this.progress = progress;
    this.findings = findings;
  }

  /** Whether anything more can happen. */
  boolean open() {
    return open;
  }

  @Nullable Finding finding() {
    return finding;
  }

  List<Advice> advice() {
    return advice;
  }

  List<String> talk() {
    return talk;
  }

  /** False where trying is pointless. */
  boolean settings(SettingsLook look) {
    advice.addAll(look.advice());
    if (look.dead() != null) end(Plan.SETTINGS, null, look.dead());
    else if (look.advice().isEmpty()) progress.passed(Plan.SETTINGS, null);
    else progress.advice(Plan.SETTINGS, look.advice().getFirst().what());
    return look.dead() == null;
  }

  void hear(Trial.Happening happening) {
    switch (happening) {
      case Trial.Happening.SignedIn in -> signedIn(in.login());
      case Trial.Happening.Passed passed ->
          progress.passed(passed.stage(), masks.of(passed.evidence()), passed.took());
      case Trial.Happening.Said said -> said(said.line());
      case Trial.Happening.Unusable unusable ->
          unusable(signInLine(unusable.why()), unusable.why());
      case Trial.Happening.Ended ended -> ended(ended.outcome());
      case Trial.Happening.OurMistake mistake -> ourMistake(mistake.mistake());
    }
  }

  void unusable(String line, AccountUnusable why) {
    Finding known = why.finding().orElse(null);
    end(line, null, masks.of(known == null ? unknown(line, why) : known));
  }

  /** No provider spoke: something is missing here, or it passes by itself. */
  private Finding unknown(String line, AccountUnusable why) {
    String what = String.valueOf(why.getMessage());
    if (why.passesIn().isPresent())
      return new Finding(
          "?" + line, what, List.of("Check again in a moment."), Action.WAIT, List.of());
    boolean password = account.connection().needsSecret();
    String secret = provider() ? "client secret" : "password";
    String step =
        password
            ? "Enter the " + secret + " and check again."
            : "Sign in to this account again, then check again.";
    Action action = password ? Action.CFG : Action.RECON;
    return new Finding("?" + line, what, List.of(step), action, List.of());
  }

  /** The whole check took too long: the line under way is to blame, nothing after it was tried. */
  void tooSlow(Duration longest) {
    String what =
        "No answer came before the check was stopped after " + longest.toSeconds() + " seconds.";
    var failure =
        new Failure(
            FailureKind.ANSWER_TIMEOUT,
            progress.waitingFor(),
            org.postroom.transport.Scope.ACCOUNT,
            Reply.none(what));
    end(progress.current(), what, masks.of(explain(failure)));
  }

  void domain(List<Advice> found) {
    advice.addAll(found);
    if (found.isEmpty()) progress.passed(Plan.DOMAIN, null);
    else progress.advice(Plan.DOMAIN, found.getFirst().what());
  }

  private void signedIn(Login ready) {
    login = ready;
    masks.hide(ready);
    if (provider()) progress.passed(Plan.RENEWAL, null);
  }

  /** STARTTLS ends the first greeting; the transport tells of it only after the encryption. */
  private void said(String line) {
    if (greeting.isEmpty() && line.startsWith("S: 220")) greeting = masks.of(line.substring(3));
    if (line.equals("C: STARTTLS")) progress.passed(Stage.GREET, greeting, Duration.ZERO);
    if (talk.size() < MOST_LINES) talk.add(cut(masks.of(line)));
  }

  private void ended(Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted accepted -> accepted(accepted);
      case Outcome.Deferred deferred -> failed(deferred.failure());
      case Outcome.Rejected rejected -> failed(rejected.failure());
      case Outcome.Unclear unclear -> failed(unclear.failure());
    }
  }

  private void accepted(Outcome.Accepted accepted) {
    progress.allPassed(Plan.DOMAIN);
    open = false;
  }

  private void failed(Failure failure) {
    boolean stranger =
        failure.kind() == FailureKind.PROTOCOL_BROKEN && failure.stage() == Stage.GREET;
    if (stranger) talk.replaceAll(Conclusion::withoutStrangersWords);
    Reply reply = failure.reply();
    String said = stranger ? "What answers there is no mail server." : masks.of(reply.line());
    end(line(failure), cut(said), masks.of(explain(failure)));
  }

  /** Services say only to the whole message whether one may send as an address. */
  private static Stage line(Failure failure) {
    return failure.kind() == FailureKind.SENDER_REFUSED ? Stage.SENDER : failure.stage();
  }

  private void ourMistake(RuntimeException mistake) {
    LOG.error("The check of {} failed inside Postroom", account.id(), mistake);
    var failed =
        new Finding(
            "?" + progress.current(),
            "The check failed inside Postroom; the log has the details.",
            List.of("Check again. If it stays so, give the log to your IT."),
            Action.BUG,
            List.of());
    end(progress.current(), null, failed);
  }

  private Finding explain(Failure failure) {
    Login spoken = login;
    if (spoken == null) {
      var symptom = Symptom.of(Symptom.Protocol.OAUTH, null, true, failure);
      return findings.explain(symptom);
    }
    return findings.explain(Symptom.of(spoken, failure));
  }

  /** Which of the three lines before a token is to blame. */
  private String signInLine(AccountUnusable why) {
    if (!provider()) return Plan.SETTINGS;
    String text = String.valueOf(why.getMessage());
    if (text.contains("could not be asked")) return Plan.SIGN_IN_SERVICE;
    boolean consent = why.finding().filter(known -> CONSENT.contains(known.id())).isPresent();
    return consent ? Plan.CONSENT : Plan.RENEWAL;
  }

  private boolean provider() {
    return account.connection() instanceof Connection.Microsoft
        || account.connection() instanceof Connection.Google;
  }

  private void end(Stage stage, String evidence, Finding found) {
    progress.failed(stage, evidence, found.what());
    conclude(found);
  }

  private void end(String line, @Nullable String evidence, Finding found) {
    progress.failed(line, evidence, found.what());
    conclude(found);
  }

  private void conclude(Finding found) {
    finding = found;
    open = false;
  }

  /** Whatever listens there is none of our business: a check tells nobody what it says. */
  private static String withoutStrangersWords(String line) {
    return line.startsWith("S: ") ? "S: (no words of a mail server)" : line;
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}

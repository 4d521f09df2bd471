package org.postroom.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.mail.DkimKey.Algorithm;
import org.postroom.testkit.DkimJudge;
import org.postroom.testkit.Rspamd;

/** What we sign, programs of others find sound; what was changed on the way they do not. */
class DkimJudgesTests {
  private static final String DOMAIN = "acme.example";
  private static final DkimKey.Made RSA = DkimKey.make(Algorithm.RSA);
  private static final DkimKey.Made ED = DkimKey.make(Algorithm.ED25519);
  private static final List<DkimKey> KEYS =
      List.of(
          DkimKey.of(Algorithm.RSA, DOMAIN, "r1", RSA.secret()),
          DkimKey.of(Algorithm.ED25519, DOMAIN, "e1", ED.secret()));
  private static final Map<String, String> RECORDS =
      Map.of(
          "r1._domainkey.acme.example", RSA.published().text(),
          "e1._domainkey.acme.example", ED.published().text());
  private static final List<String> MAILS = OddMails.made(20261121L, 33);

  @ParameterizedTest
  @EnumSource
  void everyMailIsFoundSound(DkimJudge judge) {
    List<Set<String>> holding = judge.holding(signed(), RECORDS);
    assertThat(holding).hasSize(MAILS.size()).allMatch(held -> held.contains("r1"));
    if (judge == DkimJudge.DKIMPY) assertThat(holding).allMatch(Set.of("e1", "r1")::equals);
  }

  @ParameterizedTest
  @EnumSource
  void whatRelaysDoToSpacesAndFoldsDoesNoHarm(DkimJudge judge) {
    List<byte[]> relayed = changed(DkimJudgesTests::relayed);
    assertThat(judge.holding(relayed, RECORDS)).allMatch(held -> held.contains("r1"));
  }

  @ParameterizedTest
  @EnumSource
  void aChangedByteInTheBodyIsNoticed(DkimJudge judge) {
    var random = new Random(1);
    assertThat(judge.holding(changed(mail -> bodyChanged(mail, random)), RECORDS))
        .allMatch(Set::isEmpty);
  }

  @ParameterizedTest
  @EnumSource
  void aChangedByteInASignedHeaderIsNoticed(DkimJudge judge) {
    List<byte[]> changed = new ArrayList<>();
    for (String name : List.of("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"))
      changed.addAll(changed(mail -> headerChanged(mail, name)));
    assertThat(judge.holding(changed, RECORDS)).hasSize(6 * MAILS.size()).allMatch(Set::isEmpty);
  }

  @ParameterizedTest
  @EnumSource
  void aSecondHeaderOfTheOversignedIsNoticed(DkimJudge judge) {
    List<byte[]> changed = new ArrayList<>();
    for (String more : List.of("From: boss@acme.example", "Subject: Pay", "To: x@evil.example"))
      changed.addAll(changed(mail -> more + "\r\n" + mail));
    assertThat(judge.holding(changed, RECORDS)).allMatch(Set::isEmpty);
  }

  @ParameterizedTest
  @EnumSource
  void anotherKeyInTheDnsMakesNoSignatureHold(DkimJudge judge) {
    Map<String, String> others =
        Map.of(
            "r1._domainkey.acme.example", DkimKey.make(Algorithm.RSA).published().text(),
            "e1._domainkey.acme.example", DkimKey.make(Algorithm.ED25519).published().text());
    assertThat(judge.holding(signed(), others)).allMatch(Set::isEmpty);
    assertThat(judge.holding(signed(), Map.of())).allMatch(Set::isEmpty);
  }

  /** The second opinion on Ed25519, over a real DNS. */
  @Test
  void rspamdFindsBothSignaturesSoundAndNoticesChanges() {
    try (Rspamd rspamd = Rspamd.start(RECORDS)) {
      for (byte[] mail : signed())
        assertThat(rspamd.holding(mail)).as(text(mail)).containsExactly("e1", "r1");
      var random = new Random(2);
      for (byte[] mail : changed(mail -> bodyChanged(mail, random)))
        assertThat(rspamd.holding(mail)).as(text(mail)).isEmpty();
      for (byte[] mail : changed(mail -> headerChanged(mail, "Subject")))
        assertThat(rspamd.holding(mail)).as(text(mail)).isEmpty();
    }
  }

  private static List<byte[]> signed() {
    return changed(mail -> mail);
  }

  private static List<byte[]> changed(UnaryOperator<String> change) {
    List<byte[]> mails = new ArrayList<>();
    for (String mail : MAILS) {
      String signed = text(Dkim.signed(mail.getBytes(ISO_8859_1), KEYS));
      mails.add(change.apply(signed).getBytes(ISO_8859_1));
    }
    return mails;
  }

  /** Spaces at line ends, empty lines at the end, a header folded elsewhere, names in capitals. */
  private static String relayed(String mail) {
    int end = mail.indexOf("\r\n\r\n");
    String header = mail.substring(0, end).replace("\r\nSubject: ", "\r\nSUBJECT:\r\n\t ");
    String body = mail.substring(end + 4).replaceAll("(?<=\\S)\r\n", " \t\r\n");
    return "Received: from a by b; Fri, 20 Nov 2026 10:00:00 +0000\r\n"
        + header
        + "\r\n\r\n"
        + body
        + "\r\n\r\n";
  }

  private static String bodyChanged(String mail, Random random) {
    int start = mail.indexOf("\r\n\r\n") + 4;
    List<Integer> places = new ArrayList<>();
    for (int i = start; i < mail.length(); i++) if (mail.charAt(i) > ' ') places.add(i);
    if (places.isEmpty()) return mail + "x\r\n";
    int at = places.get(random.nextInt(places.size()));
    char other = mail.charAt(at) == 'x' ? 'y' : 'x';
    return mail.substring(0, at) + other + mail.substring(at + 1);
  }

  /** The last visible character of the first line of that header. */
  private static String headerChanged(String mail, String name) {
    int at = mail.indexOf("\r\n", mail.indexOf("\r\n" + name + ":") + 2) - 1;
    while (mail.charAt(at) <= ' ') at--;
    char other = mail.charAt(at) == 'x' ? 'y' : 'x';
    return mail.substring(0, at) + other + mail.substring(at + 1);
  }

  private static String text(byte[] mail) {
    return new String(mail, ISO_8859_1);
  }
}

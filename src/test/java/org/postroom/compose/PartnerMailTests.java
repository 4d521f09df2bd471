package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.http.Problem;
import org.postroom.outbox.Draft;
import org.postroom.partners.Purpose;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestClock;

/** Mails to a partner that are about no document, such as invitations. */
class PartnerMailTests {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final String LINK = "https://portal.example/welcome?for=contoso&x=1";
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start(Map.of(), new TestClock(NOW));
    postroom.put(
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso & Söhne", "language": "de",
         "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example"]}}\
        """);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void aPortalInvitationGoesToTheMainAddressInThePartnersLanguage() {
    Composition mail = invite("contoso", Purpose.PORTAL_INVITATION);
    assertThat(mail.recipients())
        .extracting(Draft.To::address)
        .extracting(address -> address.spec())
        .containsExactly("info@contoso.example");
    assertThat(mail.subject()).isEqualTo("Ihr Zugang zu unserem Kundenportal");
    assertThat(mail.text()).contains(LINK, "Contoso & Söhne", "Portal öffnen");
    assertThat(mail.html()).contains("for&#x3D;contoso&amp;x&#x3D;1", "Contoso &amp; S");
    assertThat(mail.attachments()).isEmpty();
    assertThat(mail.document()).isNull();
    assertThat(mail.partner()).isEqualTo("contoso");
    assertThat(mail.purpose()).isEqualTo(Purpose.PORTAL_INVITATION);
    assertThat(mail.reasons().get("recipients")).isNotBlank();
  }

  @Test
  void aDirectDebitInvitationGoesToWhoPays() {
    assertThat(invite("contoso", Purpose.DIRECT_DEBIT_INVITATION).recipients())
        .extracting(to -> to.address().spec())
        .containsExactly("ap@contoso.example");
  }

  @Test
  void anUnknownPartnerIsNamed() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> invite("nobody", Purpose.PORTAL_INVITATION))
        .satisfies(problem -> assertThat(problem.errorAt("/partner")).contains("nobody"));
  }

  @Test
  void aLinkThatIsNoneIsLeftOut() {
    Composition mail =
        compose(
            "contoso", Purpose.PORTAL_INVITATION, Map.of("links", Map.of("open", "javascript:x")));
    assertThat(mail.html() + mail.text()).doesNotContain("javascript", "Portal öffnen");
  }

  @Test
  void theMailIsDatedByTheClockOfTheDatabase() {
    assertThat(new String(invite("contoso", Purpose.PORTAL_INVITATION).mime()))
        .contains("Date: Mon, 2 Mar 2026");
  }

  private static Composition invite(String partner, Purpose purpose) {
    return compose(partner, purpose, Map.of("links", Map.of("open", LINK)));
  }

  private static Composition compose(String partner, Purpose purpose, Map<String, Object> facts) {
    Caller caller = Caller.postroom(postroom.bean(Access.class).companies().getFirst().id());
    return postroom
        .bean(Composer.class)
        .compose(caller, MessageRequest.toPartner(partner, purpose, facts));
  }
}

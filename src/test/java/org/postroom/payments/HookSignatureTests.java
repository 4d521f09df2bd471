package org.postroom.payments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our check against headers that Stripe's own library made. */
class HookSignatureTests {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final String BODY = "{\"id\": \"evt_1\", \"amount\": \"1 €\"}";
  private static final String SECRET = "whsec_one0000000000000000";
  private static final String OTHER = "whsec_two0000000000000000";

  @Test
  void takesWhatStripesLibrarySigned() throws Exception {
    assertThat(trouble(header(SECRET, NOW), BODY, SECRET)).isNull();
    assertThat(trouble(header(OTHER, NOW), BODY, SECRET)).contains("does not fit");
    assertThat(trouble(header(SECRET, NOW), BODY + " ", SECRET)).contains("does not fit");
  }

  @Test
  void eitherSecretCountsWhileOneIsChanged() throws Exception {
    assertThat(trouble(header(SECRET, NOW), BODY, OTHER, SECRET)).isNull();
    String both = header(OTHER, NOW) + ",v1=" + header(SECRET, NOW).split("v1=")[1];
    assertThat(trouble(both, BODY, SECRET)).isNull();
    assertThat(trouble(both + ",v0=ab", BODY, OTHER)).isNull();
    assertThat(trouble(both, BODY)).contains("does not fit");
  }

  @Test
  void fiveMinutesInEitherDirectionAreAccepted() throws Exception {
    assertThat(trouble(header(SECRET, NOW.minusSeconds(300)), BODY, SECRET)).isNull();
    assertThat(trouble(header(SECRET, NOW.plusSeconds(300)), BODY, SECRET)).isNull();
    assertThat(trouble(header(SECRET, NOW.minusSeconds(301)), BODY, SECRET)).contains("off our");
    assertThat(trouble(header(SECRET, NOW.plus(Duration.ofHours(2))), BODY, SECRET))
        .contains("120 minutes off");
  }

  @Test
  void whatIsNoSignatureIsSaidSo() {
    for (String wrong :
        List.of(
            "",
            "t=1",
            "v1=abc",
            "t=x,v1=ab",
            "t=-1,v1=ab",
            "t=1,v2=ab",
            "=",
            ",,,",
            "t=1;v1=ab",
            "t=99999999999,v1=ab",
            "t=1,v1=",
            "v1=" + "a,v1=".repeat(3000)))
      assertThat(trouble(wrong, BODY, SECRET)).as(wrong).isNotNull();
    assertThat(trouble(null, BODY, SECRET)).contains("missing");
  }

  private static String trouble(String header, String body, String... secrets) {
    return HookSignature.trouble(header, body.getBytes(UTF_8), List.of(secrets), NOW);
  }

  private static String header(String secret, Instant at) throws Exception {
    return Webhook.Signature.generateSignatureHeader(BODY, secret, at.getEpochSecond());
  }
}

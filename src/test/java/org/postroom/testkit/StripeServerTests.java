package org.postroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our Stripe, judged by Stripe's own client. */
class StripeServerTests {
  private static final String SECRET = "whsec_peer0000000000000000";
  private StripeServer stripe;
  private StripeClient client;

  @BeforeEach
  void start() {
    stripe = StripeServer.start();
    client = client(StripeServer.TEST_KEY);
  }

  @AfterEach
  void stop() {
    stripe.close();
  }

  @Test
  void theirClientMakesReadsAndEndsASession() throws StripeException {
    Session made = client.v1().checkout().sessions().create(params(11900).build());
    assertThat(made.getId()).startsWith("cs_test_");
    assertThat(made.getAmountTotal()).isEqualTo(11900);
    assertThat(made.getStatus()).isEqualTo("open");
    assertThat(made.getUrl()).startsWith(stripe.url() + "/c/pay/");
    assertThat(made.getMetadata()).containsEntry("a", "b");
    Session read = client.v1().checkout().sessions().retrieve(made.getId());
    assertThat(read.getUrl()).isEqualTo(made.getUrl());
    assertThat(client.v1().checkout().sessions().expire(made.getId()).getStatus())
        .isEqualTo("expired");
    assertThat(client.v1().balance().retrieve().getLivemode()).isFalse();
  }

  @Test
  void theirClientReadsAnExpandedIntent() throws StripeException {
    Session made = client.v1().checkout().sessions().create(params(11900).build());
    stripe.decline(stripe.session());
    var expand = SessionRetrieveParams.builder().addExpand("payment_intent").build();
    Session read =
        client
            .v1()
            .checkout()
            .sessions()
            .retrieve(made.getId(), expand, RequestOptions.getDefault());
    assertThat(read.getPaymentIntentObject().getLastPaymentError().getMessage())
        .isEqualTo("Your card was declined.");
  }

  @Test
  void refusesInTheirShapes() {
    assertThat(refused(params(10)).getCode()).isEqualTo("amount_too_small");
    assertThat(refused(params(100_000_000)).getCode()).isEqualTo("amount_too_large");
    assertThat(refused(params(11900).putExtraParam("colour", "red")).getCode())
        .isEqualTo("parameter_unknown");
    assertThat(refused(params(11900).setSuccessUrl("nowhere")).getCode()).isEqualTo("url_invalid");
    assertThat(refused(params(11900).setExpiresAt(Instant.now().getEpochSecond())).getParam())
        .isEqualTo("expires_at");
    assertThat(
            catchThrowableOfType(
                AuthenticationException.class,
                () -> client("sk_test_wrong0000000000").v1().balance().retrieve()))
        .isNotNull();
  }

  @Test
  void aRepeatedRequestHasItsFirstAnswerAndAnotherIsRefused() throws StripeException {
    RequestOptions once = RequestOptions.builder().setIdempotencyKey("once").build();
    String first = client.v1().checkout().sessions().create(params(500).build(), once).getId();
    assertThat(client.v1().checkout().sessions().create(params(500).build(), once).getId())
        .isEqualTo(first);
    IdempotencyException other =
        catchThrowableOfType(
            IdempotencyException.class,
            () -> client.v1().checkout().sessions().create(params(600).build(), once));
    assertThat(other.getStatusCode()).isEqualTo(400);
    assertThat(stripe.sessions()).hasSize(1);
  }

  @Test
  void theirLibraryReadsWhatWebhooksHear() throws StripeException {
    client.v1().checkout().sessions().create(params(11900).build());
    StripeSession session = stripe.session();
    stripe.pay(session);
    stripe.refund(session, 5000);
    var events = stripe.events();
    assertThat(events)
        .extracting(StripeServer.Event::type)
        .containsExactly(
            "payment_intent.succeeded", "checkout.session.completed", "charge.refunded");
    PaymentIntent intent = (PaymentIntent) decoded(events.get(0));
    assertThat(intent.getStatus()).isEqualTo("succeeded");
    Session completed = (Session) decoded(events.get(1));
    assertThat(completed.getPaymentStatus()).isEqualTo("paid");
    assertThat(completed.getPaymentIntent()).isEqualTo(intent.getId());
    assertThat(((Charge) decoded(events.get(2))).getAmountRefunded()).isEqualTo(5000);
  }

  private com.stripe.model.StripeObject decoded(StripeServer.Event event) throws StripeException {
    Event theirs =
        Webhook.constructEvent(event.json(), stripe.signature(event.json(), SECRET), SECRET);
    return theirs.getDataObjectDeserializer().getObject().orElseThrow();
  }

  private InvalidRequestException refused(SessionCreateParams.Builder params) {
    return catchThrowableOfType(
        InvalidRequestException.class,
        () -> client.v1().checkout().sessions().create(params.build()));
  }

  private StripeClient client(String key) {
    return StripeClient.builder().setApiKey(key).setApiBase(stripe.url()).build();
  }

  private static SessionCreateParams.Builder params(long amount) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.PAYMENT)
        .setSuccessUrl("https://acme.example/pay/x")
        .putMetadata("a", "b")
        .addLineItem(
            LineItem.builder()
                .setQuantity(1L)
                .setPriceData(
                    LineItem.PriceData.builder()
                        .setCurrency("eur")
                        .setUnitAmount(amount)
                        .setProductData(
                            LineItem.PriceData.ProductData.builder().setName("Invoice 1").build())
                        .build())
                .build());
  }
}

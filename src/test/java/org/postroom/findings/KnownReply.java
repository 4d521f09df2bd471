package org.postroom.findings;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.findings.Symptom.Protocol;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reply as a server gives it, and what must be made of it.
 *
 * @param id of the finding; with {@code ?} in front: nobody knows it
 * @param reply lines of SMTP with their codes
 * @param status and {@code body}: an HTTP answer
 * @param said nobody answered; our own words
 * @param at the verb it answers, where the stage has several
 * @param talk false: cannot be had in a scripted conversation
 * @param unlike findings it resembles but is not
 */
record KnownReply(
    String id,
    @Nullable Protocol protocol,
    @Nullable String host,
    @Nullable Boolean token,
    Stage stage,
    @Nullable FailureKind kind,
    @Nullable List<String> reply,
    @Nullable Integer status,
    @Nullable String body,
    @Nullable String said,
    @Nullable String at,
    @Nullable Boolean talk,
    @Nullable List<String> unlike) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final List<String> FILES =
      List.of(
          "network", "sign-in", "microsoft-smtp", "google-smtp", "servers", "oauth", "services");

  static Stream<KnownReply> all() {
    return FILES.stream().flatMap(KnownReply::of);
  }

  private static Stream<KnownReply> of(String file) {
    try (InputStream in =
        KnownReply.class.getResourceAsStream("/findings/" + file + "-replies.json")) {
      return Arrays.stream(JSON.readValue(Objects.requireNonNull(in), KnownReply[].class));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  Symptom symptom() {
    return new Symptom(
        protocol == null ? Protocol.SMTP : protocol,
        host,
        signedInWithToken(),
        stage,
        kind == null ? usual() : kind,
        parsed());
  }

  boolean signedInWithToken() {
    return token != null && token;
  }

  boolean spoken() {
    return reply != null && !Boolean.FALSE.equals(talk);
  }

  /** The reply as our SMTP reader makes it of the lines. */
  private Reply parsed() {
    if (said != null) return Reply.none(said);
    if (status != null) return new Reply(status, null, Objects.requireNonNull(body));
    List<String> lines = Objects.requireNonNull(reply);
    String text = String.join("\n", lines.stream().map(line -> line.substring(4)).toList());
    return Reply.of(Integer.parseInt(lines.getFirst().substring(0, 3)), text);
  }

  private FailureKind usual() {
    return switch (stage) {
      case RESOLVE -> FailureKind.NAME_NOT_FOUND;
      case CONNECT -> FailureKind.CONNECTION_REFUSED;
      case TLS -> FailureKind.TLS_FAILED;
      case GREET -> FailureKind.GREETING_REFUSED;
      case AUTHENTICATE -> FailureKind.SIGN_IN_REFUSED;
      case SENDER -> FailureKind.SENDER_REFUSED;
      case RECIPIENT -> FailureKind.RECIPIENT_REFUSED;
      case CONTENT -> FailureKind.CONTENT_REFUSED;
    };
  }

  @Override
  public String toString() {
    return id + " " + symptom().protocol() + " " + parsed().line();
  }
}

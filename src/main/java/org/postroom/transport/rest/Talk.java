package org.postroom.transport.rest;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.Web;
import org.postroom.transport.Conversation;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/**
 * The calls made for one message. Tells the conversation how far they came; the token never gets
 * out, not even where a server repeats it.
 *
 * <p>A call is one piece: its first stages are known from its answer, and only the last one has a
 * time.
 */
public final class Talk {
  private final Web web;
  private final Conversation conversation;
  private final String token;
  private @Nullable Stage last;

  public Talk(Web web, Conversation conversation, String token) {
    this.web = web;
    this.conversation = conversation;
    this.token = token;
  }

  public Answer send(Call call) {
    conversation.said(
        masked("C: " + call + (call.body().length == 0 ? "" : " (" + size(call) + ")")));
    Answer answer = web.send(call);
    switch (answer) {
      case Answer.Given given -> given(call.uri(), given);
      case Answer.Failed failed -> failed(call.uri(), failed);
    }
    return answer;
  }

  /** A stage that the caller read from an answer. Stages already passed are not passed again. */
  public void passed(Stage stage, String evidence, Duration took) {
    if (last != null && last.compareTo(stage) >= 0) return;
    last = stage;
    conversation.passed(stage, masked(evidence), took);
  }

  public Reply reply(int status, String text) {
    return new Reply(status, null, masked(text));
  }

  /** A line about the talk that is no call. */
  public void note(String line) {
    conversation.said(masked(line));
  }

  private void given(URI uri, Answer.Given given) {
    conversation.said("S: " + given.status());
    connected(uri);
    if (!given.privacy().isEmpty()) passed(Stage.TLS, given.privacy(), Duration.ZERO);
  }

  private void failed(URI uri, Answer.Failed failed) {
    conversation.said(masked("S: " + failed.what()));
    switch (failed.step()) {
      case RESOLVE -> {}
      case CONNECT -> resolved(uri);
      default -> connected(uri);
    }
  }

  private void resolved(URI uri) {
    passed(Stage.RESOLVE, "The name " + uri.getHost() + " was found", Duration.ZERO);
  }

  private void connected(URI uri) {
    resolved(uri);
    passed(Stage.CONNECT, uri.getHost() + " answers on port " + port(uri), Duration.ZERO);
  }

  private static int port(URI uri) {
    if (uri.getPort() > 0) return uri.getPort();
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static String size(Call call) {
    return String.format(Locale.ROOT, "%,d bytes", call.body().length);
  }

  private String masked(String text) {
    return token.isEmpty() ? text : text.replace(token, "****");
  }
}

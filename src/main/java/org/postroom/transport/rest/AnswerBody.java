package org.postroom.transport.rest;

import org.postroom.net.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands in an answer, whoever wrote it. */
public final class AnswerBody {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SHOWN = 300;

  private AnswerBody() {}

  /** An empty object where there is no JSON. */
  public static JsonNode json(Answer.Given answer) {
    try {
      JsonNode read = JSON.readTree(answer.body());
      return read.isMissingNode() ? JSON.createObjectNode() : read;
    } catch (JacksonException notJson) {
      return JSON.createObjectNode();
    }
  }

  /** The first words of a page that was written for people, such as a proxy's. */
  public static String plain(Answer.Given answer) {
    String text = answer.text().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}

package org.postroom.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an API server does wrong, once, to the next request whose method and path contain the words.
 *
 * @param status 0: hang up without an answer
 */
public record ApiFault(
    String words, Moment moment, int status, Map<String, String> headers, String body) {

  /** When in a request's life it happens. */
  public enum Moment {
    BEFORE_READING,
    AFTER_READING,
    AFTER_DOING,
    /** The work is done, and the answer never comes: the server waits until it is closed. */
    SILENCE
  }

  /** Answers so instead of doing the work. */
  public static ApiFault answer(String words, int status, String body) {
    return new ApiFault(words, Moment.AFTER_READING, status, Map.of(), body);
  }

  /** Does the work and then answers so. */
  public static ApiFault answerAfterDoing(String words, int status, String body) {
    return new ApiFault(words, Moment.AFTER_DOING, status, Map.of(), body);
  }

  public static ApiFault hangUp(String words, Moment moment) {
    return new ApiFault(words, moment, 0, Map.of(), "");
  }

  public static ApiFault silence(String words) {
    return new ApiFault(words, Moment.SILENCE, 0, Map.of(), "");
  }

  public ApiFault header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiFault(words, moment, status, more, body);
  }
}

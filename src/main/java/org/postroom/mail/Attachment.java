package org.postroom.mail;

/**
 * A file that goes along.
 *
 * @param filename what the reader sees; no path, no control characters
 * @param contentType a media type such as {@code application/pdf}
 * @param content the bytes
 */
public record Attachment(String filename, String contentType, byte[] content) {
  public Attachment {
    if (filename.isBlank()
        || filename.chars().anyMatch(c -> c < 32 || c == 127 || c == '/' || c == '\\')) {
      throw new IllegalArgumentException(
          "A file name must not be empty or contain slashes or control characters.");
    }
    if (!contentType.matches("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")) {
      throw new IllegalArgumentException("“" + contentType + "” is not a media type.");
    }
  }
}

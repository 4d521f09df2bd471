package org.postroom.text;

/**
 * Something about a mail that will not read well with its receiver.
 *
 * @param code {@code insecure_link}, {@code image_without_text}, {@code too_large}, {@code
 *     long_subject}, {@code no_subject}, {@code no_text}
 * @param what the address, picture or figure it is about; may be empty
 * @param message a plain sentence
 */
public record MailCheck(String code, String what, String message) {}

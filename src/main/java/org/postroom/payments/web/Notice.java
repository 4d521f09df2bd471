package org.postroom.payments.web;

/**
 * A sentence above the rest of a page.
 *
 * @param tone {@code ok}, {@code info}, {@code warn}
 */
record Notice(String tone, String text) {
  static Notice info(String text) {
    return new Notice("info", text);
  }

  static Notice warn(String text) {
    return new Notice("warn", text);
  }
}

package org.postroom.findings;

import org.jspecify.annotations.Nullable;

/** What the name of an Exchange server usually tells. */
final class ExchangeAddress {
  private ExchangeAddress() {}

  /** {@code mail.acme.example} → {@code acme.example}; null where the name is too short. */
  static @Nullable String domain(String host) {
    boolean named = host.matches("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){2,6}");
    return named && !host.matches("[0-9.]+") ? host.substring(host.indexOf('.') + 1) : null;
  }

  /** Where Exchange answers unless somebody moved it. */
  static @Nullable String uri(String host) {
    return host.isEmpty() ? null : "https://" + host + "/EWS/Exchange.asmx";
  }
}

package org.postroom.partners;

/** Knows the accounts a partner's mail may leave from; partners themselves do not. */
@FunctionalInterface
public interface SendFromCheck {
  boolean exists(String company, String account);
}

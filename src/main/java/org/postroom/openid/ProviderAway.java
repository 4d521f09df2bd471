package org.postroom.openid;

/** The provider does not answer, or not with what it should: nothing the person did. */
public final class ProviderAway extends RuntimeException {
  ProviderAway(String what) {
    super(what, null, false, false);
  }
}

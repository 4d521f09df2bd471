package org.postroom.openid;

/** What came back is not what a sign-in of this browser would give: forged, stale or mixed up. */
public final class BadAnswer extends RuntimeException {
  BadAnswer(String what) {
    super(what, null, false, false);
  }
}

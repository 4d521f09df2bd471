package org.postroom.access;

/** Another way to sign in than with a password: shown on the sign-in page as a button. */
public interface OtherSignIn {
  /** Where the button leads. */
  String path();

  /** What it says after "Sign in with". */
  String name();
}

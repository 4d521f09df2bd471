package org.postroom.http;

import java.util.Objects;

/** Which Postroom this is. */
public final class Version {
  private Version() {}

  /** Where it does not run from its jar, nobody has given it a number. */
  public static String ours() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "from source");
  }
}

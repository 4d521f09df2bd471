package org.postroom.http;

/** Something that {@code /readyz} tells besides, such as what this installation is. */
public interface ReadyDetail {
  String name();

  /** As it is now; asked each time. */
  String value();
}

package org.postroom.access;

/** A company as a new installation makes it, for tests of modules that need one. */
public final class CompanyForTests {
  private CompanyForTests() {}

  public static Company named(String name) {
    return Installation.named(name);
  }
}

package org.postroom.ingress;

/**
 * What a program shows at the door.
 *
 * @param key an API key: its password, or the one that programs count as which cannot sign in
 * @param shown it is the program's own; otherwise the operator's
 */
record Badge(String key, String address, boolean shown) {
  /** Without the key. */
  @Override
  public String toString() {
    return "Badge[" + address + "]";
  }
}

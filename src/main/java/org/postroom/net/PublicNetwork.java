package org.postroom.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Whether an address belongs to the public internet. What strangers name must not lead us into our
 * own network (IANA's special-purpose registries, RFC 6890).
 */
public final class PublicNetwork {
  private static final List<String> SPECIAL_V4 =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  private PublicNetwork() {}

  /** Everything else is loopback, private, link-local, shared, reserved, or for documentation. */
  public static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (!(address instanceof Inet6Address)) return isPublicV4(bytes);
    if ((bytes[0] & 0xE0) != 0x20) return isTranslated(bytes) && isPublicV4(last4(bytes));
    if (starts(bytes, 0x20, 0x02)) return isPublicV4(Arrays.copyOfRange(bytes, 2, 6)); // 6to4
    boolean teredoOrTest = starts(bytes, 0x20, 0x01) && (bytes[2] & 0xFE) == 0;
    boolean documentation =
        starts(bytes, 0x20, 0x01, 0x0d, 0xb8)
            || starts(bytes, 0x3f, 0xff) && (bytes[2] & 0xF0) == 0;
    return !teredoOrTest && !documentation;
  }

  private static boolean isPublicV4(byte[] address) {
    return SPECIAL_V4.stream().noneMatch(range -> isIn(address, range));
  }

  /** NAT64 (RFC 6052): an IPv4 address in IPv6 clothes. */
  private static boolean isTranslated(byte[] address) {
    return starts(address, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static byte[] last4(byte[] address) {
    return Arrays.copyOfRange(address, 12, 16);
  }

  private static boolean starts(byte[] address, int... bytes) {
    for (int i = 0; i < bytes.length; i++) if ((address[i] & 0xFF) != bytes[i]) return false;
    return true;
  }

  private static boolean isIn(byte[] address, String range) {
    String[] parts = range.split("/");
    int bits = Integer.parseInt(parts[1]);
    int mask = bits == 0 ? 0 : -1 << (32 - bits);
    return (number(address) & mask)
        == (number(InetAddress.ofLiteral(parts[0]).getAddress()) & mask);
  }

  private static int number(byte[] four) {
    return (four[0] & 0xFF) << 24 | (four[1] & 0xFF) << 16 | (four[2] & 0xFF) << 8 | four[3] & 0xFF;
  }
}

package org.postroom.access;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** A CIDR block (RFC 4632, RFC 4291) such as 10.0.0.0/8 or 2001:db8::/32. */
record Network(byte[] address, int bits) {
  // Only literal addresses: a name must never be looked up here.
  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  static Optional<Network> parse(String text) {
    String[] parts = text.split("/", 2);
    Optional<byte[]> address = literal(parts[0]);
    if (address.isEmpty()) return Optional.empty();
    int most = address.get().length * 8;
    if (parts.length == 1) return Optional.of(new Network(address.get(), most));
    if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > most) return Optional.empty();
    return Optional.of(new Network(address.get(), Integer.parseInt(parts[1])));
  }

  boolean contains(String ip) {
    return literal(ip).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] other) {
    if (other.length != address.length) return false;
    int rest = address.length * 8 - bits;
    return new BigInteger(1, other)
        .shiftRight(rest)
        .equals(new BigInteger(1, address).shiftRight(rest));
  }

  private static Optional<byte[]> literal(String text) {
    String bare = text.contains("%") ? text.substring(0, text.indexOf('%')) : text;
    if (!LITERAL.matcher(bare).matches()) return Optional.empty();
    try {
      return Optional.of(InetAddress.ofLiteral(bare).getAddress());
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}

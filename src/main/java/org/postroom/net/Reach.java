package org.postroom.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.postroom.db.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Which machines addresses that people type may lead to: the public internet, and of the private
 * networks those that whoever runs the installation named.
 */
@Component
public final class Reach {
  private final List<Block> allowed;
  private final boolean everywherePrivate;

  @Autowired
  public Reach(Settings settings) {
    this(
        settings
            .get(Settings.Name.POSTROOM_WEBHOOK_NETWORKS)
            .map(list -> List.of(list.strip().split("[\\s,;]+")))
            .orElse(List.of()),
        settings.get(Settings.Name.POSTROOM_PRIVATE_NETWORKS).filter("yes"::equals).isPresent());
  }

  /**
   * @param networks such as {@code 10.0.0.0/8} or {@code 192.168.1.20}
   * @param everywherePrivate whether all private networks count as named; link-local addresses,
   *     where clouds keep their secrets, never do
   */
  public Reach(List<String> networks, boolean everywherePrivate) {
    this.allowed = networks.stream().map(Block::of).toList();
    this.everywherePrivate = everywherePrivate;
  }

  public boolean allows(InetAddress address) {
    if (PublicNetwork.contains(address)) return true;
    if (allowed.stream().anyMatch(block -> block.contains(address))) return true;
    return everywherePrivate && !isNobodysPrivate(address);
  }

  /** Whether it lies outside the public internet. */
  public boolean isPrivate(InetAddress address) {
    return !PublicNetwork.contains(address);
  }

  private static boolean isNobodysPrivate(InetAddress address) {
    return address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()
        || isCloudsOwn(address);
  }

  /** Where one cloud tells its machines their secrets by IPv6. */
  private static boolean isCloudsOwn(InetAddress address) {
    return address instanceof Inet6Address
        && address.equals(InetAddress.ofLiteral("fd00:ec2::254"));
  }

  /** A network (RFC 4632, RFC 4291). */
  private record Block(byte[] network, int bits) {

    static Block of(String text) {
      String[] parts = text.split("/", 2);
      try {
        byte[] network = InetAddress.ofLiteral(parts[0]).getAddress();
        int bits = parts.length == 1 ? network.length * 8 : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > network.length * 8) throw new IllegalArgumentException("bits");
        return new Block(network, bits);
      } catch (IllegalArgumentException unreadable) {
        throw new IllegalStateException(
            "POSTROOM_WEBHOOK_NETWORKS must be networks such as 10.0.0.0/8 or 192.168.1.20 with"
                + " commas between, not “"
                + text
                + "”.",
            unreadable);
      }
    }

    boolean contains(InetAddress address) {
      byte[] other = address.getAddress();
      if (other.length != network.length) return false;
      int whole = bits / 8;
      if (!Arrays.equals(network, 0, whole, other, 0, whole)) return false;
      int rest = bits % 8;
      return rest == 0 || (network[whole] ^ other[whole]) >> (8 - rest) == 0;
    }
  }
}

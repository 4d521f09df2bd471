package org.postroom.net;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Questions to the domain name system. Every answer is a value, given within {@link #LIMIT}; an
 * answer cut short over UDP is asked for again over TCP (RFC 7766). Nothing is remembered: who
 * corrects a record wants to see it.
 */
@Component
public class Dns {
  /** For one question, all servers and tries together. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int PORT = 53;
  private static final int ALIASES = 8;

  private final List<SimpleResolver> servers;

  @Autowired
  public Dns(Settings settings) {
    this(
        settings
            .get(Settings.Name.POSTROOM_DNS_SERVER)
            .map(server -> List.of(address(server)))
            .orElseGet(() -> ResolverConfig.getCurrentConfig().servers()),
        Duration.ofMillis(1200));
  }

  /** For tests and programs without Spring. The patience is for one try. */
  public Dns(List<InetSocketAddress> servers, Duration patience) {
    this.servers = servers.stream().limit(3).map(server -> resolver(server, patience)).toList();
  }

  /** A mail exchanger (RFC 1035). A host that is empty says: no mail here (RFC 7505). */
  public record Mx(int preference, String host) {}

  /** Where a service is (RFC 2782). An empty target says: not offered. */
  public record Srv(int priority, int weight, int port, String target) {}

  /** Each record's strings joined, as SPF, DKIM and DMARC want them. */
  public DnsAnswer<String> txt(String name) {
    return ask(name, Type.TXT, TXTRecord.class).flatMap(txt -> List.of(joined(txt)));
  }

  /** The best first. */
  public DnsAnswer<Mx> mx(String name) {
    DnsAnswer<Mx> answer =
        ask(name, Type.MX, MXRecord.class)
            .flatMap(mx -> List.of(new Mx(mx.getPriority(), text(mx.getTarget()))));
    return sorted(answer, java.util.Comparator.comparingInt(Mx::preference));
  }

  /** The best first; weights are not drawn, higher ones come first. */
  public DnsAnswer<Srv> srv(String name) {
    DnsAnswer<Srv> answer =
        ask(name, Type.SRV, SRVRecord.class)
            .flatMap(srv ->
                List.of(
                    new Srv(
                        srv.getPriority(), srv.getWeight(), srv.getPort(), text(srv.getTarget()))));
    return sorted(
        answer,
        java.util.Comparator.comparingInt(Srv::priority)
            .thenComparing(Srv::weight, java.util.Comparator.reverseOrder()));
  }

  /** IPv4 and IPv6. One kind is enough for an answer. */
  public DnsAnswer<InetAddress> addresses(String name) {
    DnsAnswer<InetAddress> four =
        ask(name, Type.A, ARecord.class).flatMap(a -> List.of(a.getAddress()));
    if (four instanceof DnsAnswer.NoSuchName) return four;
    DnsAnswer<InetAddress> six =
        ask(name, Type.AAAA, AAAARecord.class).flatMap(a -> List.of(a.getAddress()));
    List<InetAddress> both = new ArrayList<>(four.all());
    both.addAll(six.all());
    if (!both.isEmpty()) return new DnsAnswer.Records<>(both);
    return four.known() ? six : four;
  }

  /** The name this one is an alias of. */
  public DnsAnswer<String> cname(String name) {
    return ask(name, Type.CNAME, CNAMERecord.class)
        .flatMap(cname -> List.of(text(cname.getTarget())));
  }

  /** The names an address claims to have. */
  public DnsAnswer<String> ptr(InetAddress address) {
    return ask(ReverseMap.fromAddress(address), Type.PTR, PTRRecord.class)
        .flatMap(ptr -> List.of(text(ptr.getTarget())));
  }

  private <R extends Record> DnsAnswer<R> ask(String name, int type, Class<R> kind) {
    Name asked = name(name);
    return asked == null ? new DnsAnswer.NoSuchName<>() : ask(asked, type, kind);
  }

  private <R extends Record> DnsAnswer<R> ask(Name asked, int type, Class<R> kind) {
    long end = System.nanoTime() + LIMIT.toNanos();
    Name name = asked;
    for (int alias = 0; alias <= ALIASES; alias++) {
      DnsAnswer<Message> answer = exchange(name, type, end);
      if (!(answer instanceof DnsAnswer.Records<Message>(List<Message> replies)))
        return answer.flatMap(none -> List.of());
      List<Record> section = replies.getFirst().getSection(Section.ANSWER);
      Name last = type == Type.CNAME ? name : endOfAliases(name, section);
      List<R> found = of(section, last, type, kind);
      if (!found.isEmpty()) return new DnsAnswer.Records<>(found);
      if (replies.getFirst().getRcode() == Rcode.NXDOMAIN) return new DnsAnswer.NoSuchName<>();
      if (type != Type.CNAME && isAlias(last, section)) break;
      if (last.equals(name)) return new DnsAnswer.NoRecords<>();
      name = last;
    }
    return new DnsAnswer.Unanswered<>(text(asked) + " is an alias of an alias without end.");
  }

  /** Each server in turn, and all of them once more: single packets get lost. */
  private DnsAnswer<Message> exchange(Name name, int type, long end) {
    String why = "No DNS server is known to this system.";
    for (int round = 0; round < 2; round++) {
      for (SimpleResolver server : servers) {
        long left = end - System.nanoTime();
        if (left <= 0) return new DnsAnswer.Unanswered<>(why);
        try {
          Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
          Message reply =
              server.sendAsync(query).toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
          int code = reply.getRcode();
          if (code == Rcode.NOERROR || code == Rcode.NXDOMAIN)
            return new DnsAnswer.Records<>(List.of(reply));
          why =
              "The DNS server could not answer for "
                  + text(name)
                  + " ("
                  + Rcode.string(code)
                  + ").";
        } catch (TimeoutException | ExecutionException failure) {
          why = "The DNS server did not answer for " + text(name) + ".";
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
          return new DnsAnswer.Unanswered<>("The question was given up.");
        }
      }
    }
    return new DnsAnswer.Unanswered<>(why);
  }

  private static Name endOfAliases(Name start, List<Record> section) {
    Name name = start;
    for (int step = 0; step < ALIASES; step++) {
      Name current = name;
      Name next =
          section.stream()
              .filter(each -> each instanceof CNAMERecord && each.getName().equals(current))
              .map(each -> ((CNAMERecord) each).getTarget())
              .findFirst()
              .orElse(null);
      if (next == null) return name;
      name = next;
    }
    return name;
  }

  private static boolean isAlias(Name name, List<Record> section) {
    return section.stream()
        .anyMatch(each -> each instanceof CNAMERecord && each.getName().equals(name));
  }

  private static <R extends Record> List<R> of(
      List<Record> section, Name name, int type, Class<R> kind) {
    return section.stream()
        .filter(each -> each.getType() == type && each.getName().equals(name))
        .map(kind::cast)
        .toList();
  }

  private static String joined(TXTRecord txt) {
    var all = new java.io.ByteArrayOutputStream();
    for (Object part : txt.getStringsAsByteArrays()) all.writeBytes((byte[]) part);
    return all.toString(StandardCharsets.UTF_8);
  }

  private static <T> DnsAnswer<T> sorted(DnsAnswer<T> answer, java.util.Comparator<T> order) {
    return answer instanceof DnsAnswer.Records<T>(List<T> records)
        ? new DnsAnswer.Records<>(records.stream().sorted(order).toList())
        : answer;
  }

  /** Null for what can be no name: then there is none. */
  private static @Nullable Name name(String text) {
    try {
      String ascii = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
      if (ascii.chars().anyMatch(c -> c > 126)) ascii = IDN.toASCII(ascii, IDN.ALLOW_UNASSIGNED);
      return ascii.isEmpty() ? null : Name.fromString(ascii + ".");
    } catch (IllegalArgumentException | TextParseException notAName) {
      return null;
    }
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT).replaceFirst("^[.]$", "");
  }

  private static SimpleResolver resolver(InetSocketAddress server, Duration patience) {
    var resolver = new SimpleResolver(server);
    resolver.setTimeout(patience);
    return resolver;
  }

  /** {@code 192.0.2.1}, {@code 192.0.2.1:5353}, {@code ::1} or {@code [::1]:5353}. */
  private static InetSocketAddress address(String server) {
    String host = server;
    int port = PORT;
    int colon = server.lastIndexOf(':');
    boolean withPort = colon > 0 && (server.indexOf(':') == colon || server.contains("]:"));
    try {
      if (withPort) {
        port = Integer.parseInt(server.substring(colon + 1));
        host = server.substring(0, colon);
      }
      return new InetSocketAddress(InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")), port);
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalStateException(
          "POSTROOM_DNS_SERVER must be an address such as 192.0.2.53 or 192.0.2.53:5353, not “"
              + server
              + "”.",
          unreadable);
    }
  }
}

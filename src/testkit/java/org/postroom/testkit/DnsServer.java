package org.postroom.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A resolving DNS server for tests, on UDP and TCP of one port: answers from what it was told,
 * follows aliases, says that all other names do not exist, and fails in scripted ways.
 */
public final class DnsServer implements AutoCloseable {
  private static final int UDP_ROOM = 1232;
  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Record> records = new CopyOnWriteArrayList<>();
  private final Set<Name> failing = ConcurrentHashMap.newKeySet();
  private final Set<Name> silent = ConcurrentHashMap.newKeySet();
  private final Set<Name> cut = ConcurrentHashMap.newKeySet();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private DnsServer() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    ServerSocket stream = null;
    DatagramSocket packets = null;
    for (int tries = 0; packets == null; tries++) {
      int port = FreePort.next();
      try {
        packets = new DatagramSocket(port, here);
        stream = new ServerSocket(port, 20, here);
      } catch (IOException taken) {
        if (packets != null) packets.close();
        packets = null;
        if (tries > 20) throw taken;
      }
    }
    udp = packets;
    tcp = stream;
    threads.submit(this::servePackets);
    threads.submit(this::serveStreams);
  }

  public static DnsServer start() {
    try {
      return new DnsServer();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) udp.getLocalSocketAddress();
  }

  /** As POSTROOM_DNS_SERVER wants it. */
  public String setting() {
    return address().getAddress().getHostAddress() + ":" + address().getPort();
  }

  /** A text of any length, in strings of 255 bytes at most. */
  public DnsServer txt(String name, String text) {
    List<String> parts = new ArrayList<>();
    for (int at = 0; at < text.length(); at += 255)
      parts.add(text.substring(at, Math.min(text.length(), at + 255)));
    return txt(name, parts.isEmpty() ? List.of("") : parts);
  }

  /** A text of just these strings. */
  public DnsServer txt(String name, List<String> strings) {
    List<byte[]> bytes = strings.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    return add(new TXTRecord(name(name), DClass.IN, 60, escaped(bytes)));
  }

  public DnsServer mx(String name, int preference, String host) {
    return add(new MXRecord(name(name), DClass.IN, 60, preference, name(host)));
  }

  public DnsServer srv(String name, int priority, int port, String target) {
    return add(new SRVRecord(name(name), DClass.IN, 60, priority, 0, port, name(target)));
  }

  public DnsServer a(String name, String address) {
    InetAddress literal = InetAddress.ofLiteral(address);
    return add(
        address.contains(":")
            ? new AAAARecord(name(name), DClass.IN, 60, literal)
            : new ARecord(name(name), DClass.IN, 60, literal));
  }

  public DnsServer cname(String name, String target) {
    return add(new CNAMERecord(name(name), DClass.IN, 60, name(target)));
  }

  public DnsServer ptr(String address, String target) {
    Name reverse = ReverseMap.fromAddress(InetAddress.ofLiteral(address));
    return add(new PTRRecord(reverse, DClass.IN, 60, name(target)));
  }

  /** Forgets what is known of the name. */
  public DnsServer forget(String name) {
    records.removeIf(record -> record.getName().equals(name(name)));
    return this;
  }

  /** SERVFAIL for this name. */
  public DnsServer fail(String name) {
    failing.add(name(name));
    return this;
  }

  /** No answer for this name. */
  public DnsServer silent(String name) {
    silent.add(name(name));
    return this;
  }

  /** UDP answers for this name are cut short: only TCP has them whole. */
  public DnsServer cut(String name) {
    cut.add(name(name));
    return this;
  }

  /** What was asked, such as {@code TXT acme.example} or {@code TXT acme.example over TCP}. */
  public List<String> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException already) {
      // It is closed, which is what we want.
    }
    threads.shutdownNow();
  }

  private DnsServer add(Record record) {
    records.add(record);
    return this;
  }

  private void servePackets() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] reply = reply(new Message(query), false);
        if (reply != null)
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
      } catch (IOException closedOrNonsense) {
        // The next packet may make sense; when the socket is closed the loop ends.
      }
    }
  }

  private void serveStreams() {
    while (!tcp.isClosed()) {
      try {
        Socket socket = tcp.accept();
        threads.submit(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] reply = reply(new Message(query), true);
        if (reply == null) return;
        var whole = new ByteArrayOutputStream();
        var framed = new DataOutputStream(whole);
        framed.writeShort(reply.length);
        framed.write(reply);
        out.write(whole.toByteArray());
        out.flush();
      }
    } catch (IOException ended) {
      // The client has what it wanted.
    }
  }

  /** Null for silence. */
  private byte[] reply(Message query, boolean stream) {
    Record question = query.getQuestion();
    Name name = question.getName();
    asked.add(
        Type.string(question.getType())
            + " "
            + name.toString(true).toLowerCase(java.util.Locale.ROOT)
            + (stream ? " over TCP" : ""));
    if (silent.contains(name)) return null;
    var reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RD);
    reply.getHeader().setFlag(Flags.RA);
    reply.addRecord(question, Section.QUESTION);
    if (failing.contains(name)) reply.getHeader().setRcode(Rcode.SERVFAIL);
    else if (cut.contains(name) && !stream) reply.getHeader().setFlag(Flags.TC);
    else answer(reply, name, question.getType());
    return stream ? reply.toWire(Message.MAXLENGTH) : reply.toWire(UDP_ROOM);
  }

  private void answer(Message reply, Name asked, int type) {
    Name name = asked;
    for (int step = 0; step < 16; step++) {
      Name current = name;
      List<Record> here =
          records.stream().filter(record -> record.getName().equals(current)).toList();
      here.stream()
          .filter(record -> record.getType() == type)
          .forEach(record -> reply.addRecord(record, Section.ANSWER));
      CNAMERecord alias =
          here.stream()
              .filter(CNAMERecord.class::isInstance)
              .map(CNAMERecord.class::cast)
              .findFirst()
              .orElse(null);
      if (alias == null || type == Type.CNAME) {
        if (!exists(current)) reply.getHeader().setRcode(Rcode.NXDOMAIN);
        return;
      }
      reply.addRecord(alias, Section.ANSWER);
      name = alias.getTarget();
    }
  }

  /** A name with names below it exists, too (RFC 8020). */
  private boolean exists(Name name) {
    return records.stream().anyMatch(record -> record.getName().subdomain(name));
  }

  private static List<String> escaped(List<byte[]> strings) {
    return strings.stream().map(DnsServer::escaped).toList();
  }

  /** Presentation form: whatever is not plain ASCII by number. */
  private static String escaped(byte[] bytes) {
    var text = new StringBuilder();
    for (byte b : bytes) {
      int c = b & 0xFF;
      if (c < 32 || c > 126 || c == '\\' || c == '"') text.append("\\%03d".formatted(c));
      else text.append((char) c);
    }
    return text.toString();
  }

  private static Name name(String text) {
    try {
      return text.isEmpty() || text.equals(".")
          ? Name.root
          : Name.fromString(text.endsWith(".") ? text : text + ".");
    } catch (TextParseException failure) {
      throw new IllegalArgumentException(failure);
    }
  }
}

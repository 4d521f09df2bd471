package org.postroom.bench;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.Document;
import org.postroom.documents.Layouts;
import org.postroom.documents.SampleDocuments;

/**
 * One-page invoices of ten lines as PDFs, on one thread: Postroom's own drawing beside other ways.
 * {@code LayoutRounds [rounds]}.
 */
public final class LayoutRounds {
  private static final Path PEER = Path.of("bench/peers/invoice.html");
  private static final int OURS = 400;
  private static final int WARM_UP = 6_000;

  private final Layouts layouts = new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/none")));
  private final Company company = SampleDocuments.acme();
  private final Document invoice = SampleDocuments.tenLines();
  private final int rounds;
  private final PrintStream out;

  /** Another way, how many documents a round makes of it, and its processor seconds so far. */
  private record Way(String name, int documents, Rounds.Work one) {}

  /** Work that adds up the processor time it took. */
  private static final class Timed implements Rounds.Work {
    private final Way way;
    private final List<Double> cpu = new ArrayList<>();

    Timed(Way way) {
      this.way = way;
    }

    @Override
    public long run() throws Exception {
      double before = cpuSeconds();
      for (int i = 0; i < way.documents(); i++) way.one().run();
      cpu.add((cpuSeconds() - before) * 1000 / way.documents());
      return way.documents();
    }

    /** Milliseconds a document; the first, unmeasured round is left out. */
    double median() {
      return Rounds.median(cpu.subList(1, cpu.size()));
    }
  }

  private LayoutRounds(int rounds, PrintStream out) {
    this.rounds = rounds;
    this.out = out;
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    XRLog.setLoggingEnabled(false);
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    new LayoutRounds(rounds, System.out).run();
  }

  private void run() throws Exception {
    for (int i = 0; i < WARM_UP; i++) ours();
    String load = loadAverage();
    out.println("| way | documents/s | CPU ms a document | Postroom beside it | Postroom is |");
    out.println("|---|---|---|---|---|");
    for (Way way : others()) row(way);
    out.println();
    out.printf(
        Locale.ROOT,
        "%d rounds each, Postroom %d documents a round, one thread, %d cores, Java %s; load average before %s, after %s.%n",
        rounds,
        OURS,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        load,
        loadAverage());
  }

  private void row(Way way) throws Exception {
    Timed ours = new Timed(new Way("Postroom", OURS, this::ours));
    Timed theirs = new Timed(way);
    Rounds result = Rounds.interleaved(rounds, "Postroom", ours, way.name(), theirs);
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.2f | %.0f documents/s, %.2f ms CPU | %.0f × |%n",
        way.name(),
        result.medianB(),
        theirs.median(),
        result.medianA(),
        ours.median(),
        result.ratio());
  }

  private List<Way> others() throws IOException {
    String html = Files.readString(PEER);
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("openhtmltopdf, in this process", 40, () -> openhtmltopdf(html)));
    if (isThere("wkhtmltopdf")) {
      ways.add(
          new Way(
              "wkhtmltopdf, a process a document",
              3,
              () ->
                  process(
                      "wkhtmltopdf", "--quiet", "--javascript-delay", "0", "--page-size", "A4")));
    }
    if (isThere("weasyprint")) {
      ways.add(new Way("WeasyPrint, a process a document", 3, () -> process("weasyprint")));
    }
    return ways;
  }

  private long ours() {
    if (layouts.render(invoice, company, Locale.ENGLISH).pdf().length < 1_000)
      throw new IllegalStateException("That is no invoice.");
    return 1;
  }

  private static long openhtmltopdf(String html) throws IOException {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    PdfRendererBuilder builder = new PdfRendererBuilder().useFastMode();
    builder.withHtmlContent(html, null).toStream(pdf).run();
    return 1;
  }

  private static long process(String... command) throws IOException, InterruptedException {
    Path pdf = Files.createTempFile("peer", ".pdf");
    List<String> whole = new ArrayList<>(List.of(command));
    whole.add(PEER.toString());
    whole.add(pdf.toString());
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().put("QT_QPA_PLATFORM", "offscreen");
    builder.environment().put("XDG_RUNTIME_DIR", pdf.getParent().toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    int code = process.waitFor();
    long size = Files.size(pdf);
    Files.delete(pdf);
    if (code != 0 || size < 1_000) throw new IOException(command[0] + " failed: " + code);
    return 1;
  }

  private static boolean isThere(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) return true;
    }
    return false;
  }

  /** User and system time of this process and of the children it has waited for. */
  private static double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int field = 11; field <= 14; field++) ticks += Long.parseLong(fields[field]);
    return ticks / 100.0;
  }

  private static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }
}

package org.postroom.documents;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.SampleDocuments.Draft;

/** Prints how many one-page invoices of ten lines one thread makes in a second, once warm. */
final class LayoutSpeed {
  private LayoutSpeed() {}

  public static void main(String[] arguments) {
    Layouts layouts = new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/samples")));
    Company acme = SampleDocuments.acme();
    Document invoice = new Draft(DocumentKind.INVOICE, "INV-2026-0412").make();
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      long busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      int count = 0;
      while (System.nanoTime() - start < 2_000_000_000L) {
        layouts.render(invoice, acme, Locale.ENGLISH);
        count++;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - busy;
      System.out.printf(
          Locale.ROOT, "%.1f invoices/s, %.2f ms CPU each%n", count / seconds, busy / 1e6 / count);
    }
  }
}

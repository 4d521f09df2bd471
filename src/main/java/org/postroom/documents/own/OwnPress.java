package org.postroom.documents.own;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.postroom.access.Accent;
import org.postroom.access.Company;
import org.postroom.documents.Printing;
import org.postroom.documents.layout.Workshop;
import org.postroom.http.Problem;
import org.postroom.text.BadText;
import org.postroom.text.Output;
import org.postroom.text.Text;

/** Checks and prints companies' own layouts. Safe to use from many threads at once. */
public final class OwnPress {
  public static final int MOST_PAGES = 1_000;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Workshop workshop;
  private final Bench bench;
  private final ConcurrentLinkedQueue<Faces> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param fontFolders where fonts for further scripts may lie, earlier ones first
   */
  public OwnPress(List<Path> fontFolders) {
    this(fontFolders, LONGEST);
  }

  OwnPress(List<Path> fontFolders, Duration longest) {
    workshop = new Workshop(fontFolders);
    bench = new Bench(longest);
  }

  /** All that is not possible in the design, by its places; empty where it may be printed. */
  public static List<Fault> check(Design design) {
    List<Fault> faults = new ArrayList<>(HtmlCheck.check(design.html()));
    faults.addAll(Placeholders.check(design.html()));
    faults.addAll(CssRules.check(design.css()));
    return faults;
  }

  /**
   * The document in that design; the same always gives the same bytes.
   *
   * @throws Problem 422 where it takes too long or becomes too much, 503 where all are busy
   */
  public byte[] print(Design design, Printing printing) {
    return bench.run(design, watch -> print(design, printing, watch));
  }

  private byte[] print(Design design, Printing printing, Watch watch) throws IOException {
    Map<String, byte[]> images = images(design, printing);
    String html = fill(design, printing, images.containsKey("qr"));
    Page page = Page.of(html, css(design, printing.company()), watch);
    Faces faces = idle.poll();
    if (faces == null) faces = new Faces();
    BitSet missing = faces.missing(page.said());
    byte[] pdf =
        new Engine(page, watch)
            .print(new Assets(images), faces, workshop.fonts(missing), about(printing));
    // Not in a finally: a set that a failed print used is dropped.
    idle.add(faces);
    return pdf;
  }

  private static String fill(Design design, Printing printing, boolean code) {
    try {
      return Text.of(design.html(), Output.HTML)
          .fill(LayoutModel.of(printing, code), printing.language());
    } catch (BadText bad) {
      throw Problem.invalid("/html", "bad_text", String.valueOf(bad.getMessage()));
    }
  }

  private static Map<String, byte[]> images(Design design, Printing printing) {
    Map<String, byte[]> images = new HashMap<>();
    design.images().forEach(image -> images.put(image.name(), image.bytes()));
    byte[] logo = printing.company().logo();
    if (logo != null && logo.length > 0) images.put("logo", logo);
    Workshop.code(printing.document(), printing.company())
        .ifPresent(code -> images.put("qr", code));
    return images;
  }

  static String css(Design design, Company company) {
    Company.Paper paper = design.paper() == null ? company.paper() : design.paper();
    Accent accent = Accent.of(company.colour());
    return (BASE + design.css())
        .replace("$size", paper == Company.Paper.A4 ? "210mm 297mm" : "8.5in 11in")
        .replace("var(--accent)", accent.ink())
        .replace("var(--tint)", accent.tint());
  }

  private static Engine.About about(Printing printing) {
    String title =
        org.postroom.documents.Layouts.kindLabel(printing.document().kind(), printing.language())
            + " "
            + printing.document().number();
    return new Engine.About(
        Workshop.clean(title),
        Workshop.clean(printing.company().name()),
        Workshop.language(printing.language()),
        printing.document().issueDate());
  }

  /** What holds unless the layout says otherwise. */
  private static final String BASE =
      """
      @page { size: $size; margin: 20mm; }
      body { margin: 0; font-family: Roboto; font-size: 10pt; line-height: 1.4; }
      [dir=rtl] { direction: rtl; }
      .page:before { content: counter(page); }
      .pages:before { content: counter(pages); }
      """;
}

package org.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.Layouts;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** Takes the pictures of docs/images from the demo; not a test of its own, see bin/screenshots. */
@ExtendWith(WithChromium.class)
class Screenshots {
  private static final Path IMAGES = Path.of("docs", "images");
  private static final int MOST_BYTES = 150_000;
  @TempDir Path home;

  @Test
  void take(Chromium chromium) throws IOException {
    try (var postroom =
            RunningPostroom.start(
                Map.of(
                    "POSTROOM_HOME", home.toString(),
                    "POSTROOM_ADMIN_EMAIL", "",
                    "POSTROOM_ADMIN_PASSWORD", "",
                    "POSTROOM_API_KEY", "",
                    "demo", ""));
        Tab tab = chromium.tab(new Browser.NewContextOptions().setViewportSize(1200, 800))) {
      DemoSignIn signIn = DemoSignIn.kept(home).orElseThrow();
      Message message = sentInvoice(postroom);
      tab.signIn(postroom.url(), signIn.email(), signIn.password());
      picture(tab, postroom.url() + "/", "dashboard");
      picture(tab, postroom.url() + "/send", "send");
      picture(tab, postroom.url() + "/messages/" + message.id(), "message");
      picture(tab, postroom.url() + "/outbox", "outbox");
      pdf(postroom);
    }
  }

  /** Of pages that this product has. */
  private static void picture(Tab tab, String url, String name) throws IOException {
    if (tab.open(url).status() != 200) {
      System.out.println("There is no page " + url + " yet: no picture of it.");
      return;
    }
    byte[] png = tab.page().screenshot(new Page.ScreenshotOptions());
    save(ImageIO.read(new java.io.ByteArrayInputStream(png)), name);
  }

  private static void pdf(RunningPostroom postroom) throws IOException {
    Company company = company(postroom);
    var invoice =
        postroom
            .bean(Documents.class)
            .find(company.id(), DocumentKind.INVOICE, "INV-10412")
            .orElseThrow();
    byte[] pdf =
        postroom.bean(Layouts.class).render(invoice.current(), company, company.language()).pdf();
    try (var opened = Loader.loadPDF(pdf)) {
      save(new PDFRenderer(opened).renderImageWithDPI(0, 90, ImageType.RGB), "invoice");
    }
  }

  /** With 256 colours, which is enough for pages and a third of the size. */
  private static void save(BufferedImage image, String name) throws IOException {
    var small =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette(image));
    fill(small, image);
    Files.createDirectories(IMAGES);
    Path file = IMAGES.resolve(name + ".png");
    ImageIO.write(small, "png", file.toFile());
    assertThat(Files.size(file)).as(name).isLessThan(MOST_BYTES);
  }

  /** Each pixel the nearest colour: drawing would scatter dots instead. */
  private static void fill(BufferedImage small, BufferedImage image) {
    var colours = (IndexColorModel) small.getColorModel();
    Map<Integer, Integer> nearest = new java.util.HashMap<>();
    for (int y = 0; y < image.getHeight(); y++)
      for (int x = 0; x < image.getWidth(); x++)
        small
            .getRaster()
            .setSample(
                x, y, 0, nearest.computeIfAbsent(image.getRGB(x, y), rgb -> nearest(colours, rgb)));
  }

  private static int nearest(IndexColorModel colours, int rgb) {
    return java.util.stream.IntStream.range(0, colours.getMapSize())
        .boxed()
        .min(java.util.Comparator.comparingInt(index -> distance(colours.getRGB((int) index), rgb)))
        .orElseThrow();
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int apart = ((one >> shift) & 255) - ((other >> shift) & 255);
      sum += apart * apart;
    }
    return sum;
  }

  /** The colours that are used most. */
  private static IndexColorModel palette(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    int[] colours =
        java.util.Arrays.stream(pixels)
            .boxed()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    colour -> colour, java.util.stream.Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(
                java.util.Comparator.<Map.Entry<Integer, Long>>comparingLong(Map.Entry::getValue)
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .limit(256)
            .mapToInt(Map.Entry::getKey)
            .toArray();
    return new IndexColorModel(
        8, colours.length, colours, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
  }

  private static Message sentInvoice(RunningPostroom postroom) {
    return Eventually.eventually(
            () ->
                postroom
                    .bean(Outbox.class)
                    .list(Caller.postroom(company(postroom).id()), MessageFilter.ALL, 200, null)
                    .data()
                    .stream()
                    .filter(Screenshots::isIt)
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private static boolean isIt(Message message) {
    return message.state() == MessageState.SENT
        && message.document() != null
        && message.document().number().equals("INV-10412");
  }

  private static Company company(RunningPostroom postroom) {
    return postroom.bean(Access.class).companies().getFirst();
  }
}

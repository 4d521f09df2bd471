package org.postroom.documents.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.documents.Document;
import org.postroom.documents.Printing;
import org.postroom.http.Problem;

/** No layout reads a file, asks a network or runs for ever, whatever stands in it. */
class ShutInTests {
  private static final String SECRET = "PLANTED-SECRET";
  private static final AtomicInteger REQUESTS = new AtomicInteger();
  private static HttpServer server;
  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          REQUESTS.incrementAndGet();
          byte[] body = ("p:before { content: '" + SECRET + "' }").getBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Files.writeString(folder.resolve("secret.css"), "p:before { content: '" + SECRET + "' }");
    Files.writeString(folder.resolve("secret.svg"), "<svg><text>" + SECRET + "</text></svg>");
    Files.write(folder.resolve("secret.png"), png(40, 40));
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    assertThat(REQUESTS).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src='HTTP/a.png'>",
        "<img src='FILE/secret.png'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img src='jar:FILE/x.jar!/a.png'>",
        "<img src='//127.0.0.1/a.png'>",
        "<img src='secret.png'>",
        "<img src='asset:../x'>",
        "<img srcset='HTTP/a.png 2x' src='asset:logo'>",
        "<link rel=stylesheet href='HTTP/a.css'>",
        "<style>@import url(HTTP/a.css);</style>",
        "<script src='HTTP/a.js'></script>",
        "<iframe src='FILE/secret.svg'></iframe>",
        "<object data='FILE/secret.svg' type='image/svg+xml'></object>",
        "<embed src='HTTP/a.svg'>",
        "<svg><image href='HTTP/a.png'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><p>x</p></foreignObject></svg>",
        "<math><mi href='HTTP/a'>x</mi></math>",
        "<base href='HTTP/'>",
        "<body background='HTTP/a.png'>",
        "<table background='HTTP/a.png'><tr><td>x</td></tr></table>",
        "<p style='background: url(HTTP/a.png) no-repeat'>x</p>",
        "<p style='list-style-image: \\75rl(HTTP/a.png)'>x</p>",
        "<p onclick='x()'>x</p>",
        "<a href='javascript:x()'>x</a>",
        "<a href='FILE/secret.css'>x</a>",
        "<input type=image src='HTTP/a.png'>",
        "<video poster='HTTP/a.png'></video>",
        "<p {{document.number}}>x</p>",
        "<p class={{document.number}}>x</p>",
        "<{{document.number}}>x",
        "<noscript><img src='HTTP/a.png'></noscript>",
        "<template><img src='HTTP/a.png'></template>",
        "<xmp><img src='HTTP/a.png'></xmp>",
        "<meta http-equiv='refresh' content='0; url=HTTP/'>"
      })
  void refusesPagesThatReachOut(String page) {
    Design design = new Design(at(page) + "<p>x</p>", "", null, List.of());
    assertThat(OwnPress.check(design)).as(page).isNotEmpty();
    assertThat(OwnPress.check(design).getFirst().line()).isEqualTo(1);
    showsNothing(design);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@import url(HTTP/a.css);",
        "@import 'FILE/secret.css';",
        "@IMPORT \"HTTP/a.css\" print;",
        "@im\\70ort 'HTTP/a.css';",
        "/**/@import/**/url(HTTP/a.css);",
        "@charset 'utf-8'; @import 'HTTP/a.css';",
        "@namespace x url(HTTP/);",
        "@font-face { font-family: x; src: url(HTTP/a.ttf) } p { font-family: x }",
        "@font-face { font-family: x; src: url('FILE/secret.png') } p { font-family: x }",
        "p { background: url(HTTP/a.png) no-repeat }",
        "p { background: URL( 'FILE/secret.png' ) no-repeat }",
        "p { background: u\\72l(HTTP/a.png) no-repeat }",
        "p { background: url(/**/HTTP/a.png) no-repeat }",
        "p { background-image: url(asset:a) }",
        "p { background: url(asset:a) }",
        "p { background: url(asset:a) no-repeat, url(asset:a) }",
        "p { background: url(asset:a) repeat-x no-repeat }",
        "p { background-repeat: repeat }",
        "p { content: url(HTTP/a.png) }",
        "li { list-style-image: url(HTTP/a.png) }",
        "p { background: src(\"HTTP/a.png\") }",
        "p { background: image-set('HTTP/a.png' 1x) }",
        "p { width: expression(1) }",
        "@media print { @import url(HTTP/a.css); }",
        "p { color: red",
        "p } color: red",
        "p { content: 'open }",
        "/* never closed"
      })
  void refusesStylesThatReachOut(String css) {
    Design design = new Design("<ul><li>x</li></ul><p>x</p>", at(css), null, List.of());
    assertThat(OwnPress.check(design)).as(css).isNotEmpty();
    showsNothing(design);
  }

  @Test
  void saysLineColumnAndWhatToDoInstead() {
    Design design =
        new Design("<p>ok</p>\n  <script>x</script>", "p {}\n\n@import 'x';", null, List.of());
    assertThat(OwnPress.check(design).stream().map(Fault::error).map(Object::toString))
        .anyMatch(text -> text.contains("/html") && text.contains("Line 2, column 3: <script>"))
        .anyMatch(text -> text.contains("/css") && text.contains("Line 3, column 1: @import"));
    assertThat(OwnPress.check(new Design("<p>\n{{document.nubmer}}</p>", "", null, List.of())))
        .anyMatch(fault -> fault.line() == 2 && fault.message().contains("document.number"));
  }

  /** What comes from outside is text, in whatever place it stands. */
  @Test
  void valuesCannotBreakOutOfTheirPlace() {
    String evil =
        "\"><img src='" + at("HTTP/a.png") + "'><script>x</script>{{document.number}}</td>";
    Document invoice = OwnPressTests.invoice(1).document();
    Printing printing = OwnPressTests.invoice(1);
    Document document =
        org.postroom.documents.DocumentsForTests.withFields(
            invoice, java.util.Map.of("evil", evil));
    Printing evilPrinting =
        new Printing(document, List.of(), printing.company(), null, Locale.ENGLISH, null);
    String html =
        "{{#with document.fields.evil}}<p title=\"{{this}}\" class=\"{{this}}\">{{this}}</p>"
            + "<img src=\"{{this}}\"><a href=\"{{this}}\">x</a>{{/with}}<title>{{document.fields.evil}}</title>";
    Design design = new Design(html, "", null, List.of());
    assertThat(OwnPress.check(design)).isEmpty();
    String text = OwnPressTests.text(OwnPressTests.PRESS.print(design, evilPrinting));
    assertThat(text.replaceAll("\\s+", "")).contains("<script>x</script>");
  }

  @Test
  void takesOnlySoundImagesOfItsOwn() throws IOException {
    byte[] sound = png(30, 20);
    assertThat(Image.of("stamp", sound).width()).isEqualTo(30);
    for (byte[] bytes :
        List.of(
            new byte[0],
            "<svg/>".getBytes(),
            "GIF89a".getBytes(),
            java.util.Arrays.copyOf(sound, 40),
            huge(60_000)))
      assertThatThrownBy(() -> Image.of("stamp", bytes))
          .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Image.of("logo", sound)).hasMessageContaining("own image");
    assertThatThrownBy(() -> Image.of("../x", sound)).isInstanceOf(IllegalArgumentException.class);
    Design design =
        new Design("<img src=\"asset:stamp\">", "", null, List.of(Image.of("stamp", sound)));
    byte[] pdf = OwnPressTests.PRESS.print(design, OwnPressTests.invoice(1));
    assertThat(new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("/Subtype /Image");
  }

  @Test
  void stopsWhatRunsTooLongOrBecomesTooMuch() {
    OwnPress hasty = new OwnPress(List.of(), Duration.ofMillis(1)); // shorter than any print
    String rows = "<div><p>word word word</p></div>".repeat(5_000);
    String slow = "div ~ div p, ".repeat(200) + "p { color: red }";
    long start = System.nanoTime();
    assertThatThrownBy(() -> hasty.print(design(rows, slow), OwnPressTests.invoice(1)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("longer than");
    String pages = "<p style='page-break-after: always'>x</p>".repeat(4_000);
    assertThatThrownBy(() -> OwnPressTests.PRESS.print(design(pages, ""), OwnPressTests.invoice(1)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("more than 1000 pages");
    assertThat(OwnPress.check(design("<div>".repeat(20_000), ""))).isNotEmpty();
    assertThatThrownBy(() ->
            OwnPressTests.PRESS.print(design("<b>".repeat(20_000), ""), OwnPressTests.invoice(1)))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() ->
            hasty.print(
                design("{{#each document.lines}}".repeat(4) + "x" + "{{/each}}".repeat(4), ""),
                OwnPressTests.invoice(60)))
        .isInstanceOf(Problem.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
  }

  /** Seeded noise from the pieces pages are made of: it prints or says why, and reaches nothing. */
  @Test
  void survivesNoise() {
    String[] html = {
      "<div>",
      "</div>",
      "<table>",
      "<tr>",
      "<td colspan=99999>",
      "</table>",
      "<p style='width:-9mm'>",
      "text ",
      "{{document.number}}",
      "{{#each document.lines}}",
      "{{/each}}",
      "<img src='asset:qr'>",
      "<b",
      "'\"",
      "&#x0;",
      "&lt;",
      "\u0000",
      "\ud83d",
      "שלום",
      "日本",
      "<!--",
      "-->",
      "<![CDATA[",
      "<!DOCTYPE x [<!ENTITY a SYSTEM 'FILE/secret.css'>]>",
      "&a;",
      "<img src='HTTP/a'>",
      "<ol><li>"
    };
    String[] css = {
      "p",
      "{",
      "}",
      "width:",
      "1e30mm",
      ";",
      "@page",
      "size: 1mm",
      "margin: 900mm",
      "float:left",
      "position: fixed",
      "page-break-inside: avoid",
      "column-count: 9",
      ":before{content:counter(pages)}",
      "font-size: 99999pt",
      "td",
      "*",
      ">",
      "url(HTTP/a)",
      "/*",
      "*/",
      "'",
      "display:table-cell",
      "transform: rotate(1deg)"
    };
    OwnPress hasty = new OwnPress(List.of(), Duration.ofSeconds(3));
    Random random = new Random(7);
    int printed = 0;
    for (int round = 0; round < 150; round++) {
      Design design = design(noise(random, html), noise(random, css));
      List<Fault> faults = OwnPress.check(design);
      try {
        hasty.print(design, OwnPressTests.invoice(2));
        printed++;
      } catch (Problem told) {
        assertThat(told.detail()).isNotBlank();
      }
      assertThat(faults.size()).isLessThanOrEqualTo(60);
    }
    assertThat(printed).isPositive();
  }

  private static String noise(Random random, String[] pieces) {
    StringBuilder noise = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++)
      noise.append(at(pieces[random.nextInt(pieces.length)])).append(' ');
    return noise.toString();
  }

  /** Even printed unchecked it shows nothing from elsewhere. */
  private static void showsNothing(Design design) {
    List<String> shown = new ArrayList<>();
    try {
      shown.add(OwnPressTests.text(OwnPressTests.PRESS.print(design, OwnPressTests.invoice(1))));
    } catch (Problem refused) {
      shown.add(refused.detail());
    }
    assertThat(shown.getFirst()).doesNotContain(SECRET);
    assertThat(REQUESTS).hasValue(0);
  }

  private static Design design(String html, String css) {
    return new Design(html, css, null, List.of());
  }

  private static String at(String text) {
    String here = "http://127.0.0.1:" + server.getAddress().getPort();
    return text.replace("HTTP", here)
        .replace("FILE", folder.toUri().toString().replaceAll("/$", ""));
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", png);
    return png.toByteArray();
  }

  /** A header that promises far more pixels than there are. */
  private static byte[] huge(int side) throws IOException {
    byte[] png = png(10, 10);
    java.nio.ByteBuffer.wrap(png).putInt(16, side).putInt(20, side);
    return png;
  }
}

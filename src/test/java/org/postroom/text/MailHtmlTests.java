package org.postroom.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailHtmlTests {

  @Test
  void keepsWhatMailsAreMadeOf() {
    String html =
        "<table width=\"100%\" cellpadding=\"0\" border=\"0\" bgcolor=\"#ffffff\" style=\"border-collapse:collapse;max-width:600px\">"
            + "<tr><td align=\"center\" style=\"color:#123456;font-family:'Segoe UI',Arial\"><b>Hello</b>"
            + "<img src=\"cid:logo@x\" alt=\"Logo\" width=\"120\"><img src=\"https://a.example/b.png\" alt=\"\">"
            + "<a href=\"https://a.example/?a=1&amp;b=2\">pay</a><a href=\"mailto:a@b.example\">write</a>"
            + "<font color=\"red\" face=\"Arial\" size=\"2\">old</font></td></tr></table>";
    var body = Jsoup.parse(MailHtml.clean(html)).body();
    assertThat(body.select("table").attr("style"))
        .isEqualTo("border-collapse:collapse;max-width:600px");
    assertThat(body.select("table").attr("width")).isEqualTo("100%");
    assertThat(body.select("td").attr("style")).contains("color:#123456", "'Segoe UI'");
    assertThat(body.select("img").eachAttr("src"))
        .containsExactly("cid:logo@x", "https://a.example/b.png");
    assertThat(body.select("a").eachAttr("href"))
        .containsExactly("https://a.example/?a=1&b=2", "mailto:a@b.example");
    assertThat(body.select("font").attr("color")).isEqualTo("red");
    assertThat(body.text()).contains("Hello", "pay", "write", "old");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"java\nscript:alert(1)\">x</a>",
        "<a href=\" data:text/html,x\">x</a>",
        "<a href='/relative'>x</a>",
        "<form action=https://x.example><input name=a><button>x</button></form>",
        "<iframe src=https://x.example></iframe>",
        "<img src=\"http://x.example/a.png\">",
        "<img src=\"data:image/png;base64,xx\">",
        "<img srcset=\"https://x.example/a 2x\">",
        "<p style=\"position:fixed;top:0\">x</p>",
        "<p style=\"background:url(https://x.example)\">x</p>",
        "<p style=\"color:expression(alert(1))\">x</p>",
        "<p style=\"margin-top:-500px\">x</p>",
        "<p style=\"background:\\75rl(https://x.example)\">x</p>",
        "<p style=\"width:e/**/xpression(1)\">x</p>",
        "<style>@import url(https://x.example/a.css); p { behavior: url(x) } @font-face { src: url(https://x.example) }</style>",
        "<link rel=stylesheet href=https://x.example/a.css>",
        "<base href=https://x.example>",
        "<meta http-equiv=refresh content='0;url=https://x.example'>",
        "<svg onload=alert(1)><use href=https://x.example/></svg>",
        "<math><mtext><style><img onerror=alert(1)></style></mtext></math>",
        "<object data=https://x.example></object><embed src=https://x.example>",
        "<video src=https://x.example poster=https://x.example></video>",
        "<td background=https://x.example>x",
        "<body background=https://x.example onload=alert(1)>x</body>",
        "<!--[if mso]><img src=http://x.example><![endif]-->",
        "<style>p { color: red } </style></p><img onerror=alert(1)>",
        "<textarea><img onerror=alert(1)></textarea>",
        "<noscript><img onerror=alert(1)></noscript>",
        "<title><img onerror=alert(1)></title>",
        "<html manifest=https://x.example><p>x"
      })
  void leavesOutWhatRunsLoadsAsksOrCovers(String html) {
    String clean = MailHtml.inline(MailHtml.clean(html));
    // What became words is harmless.
    assertThat(clean.toLowerCase(java.util.Locale.ROOT).replaceAll("&lt;.*?&gt;", ""))
        .doesNotContain(
            "<script",
            "onclick",
            "onload",
            "onerror=",
            "javascript:",
            "data:",
            "<form",
            "<input",
            "<iframe",
            "http://",
            "//x.example",
            "position",
            "url(",
            "expression",
            "-500px",
            "@import",
            "@font-face",
            "behavior",
            "<link",
            "<base",
            "refresh",
            "<svg",
            "<math",
            "<object",
            "<embed",
            "<video",
            "background=",
            "srcset",
            "relative",
            "<textarea",
            "<noscript",
            "manifest");
  }

  @Test
  void aDocumentStaysOneAndAPieceAPiece() {
    String document =
        "<!doctype html><html lang=\"de\"><head><title>T &lt;i&gt;</title></head><body style=\"margin:0\" onload=x><p>a</p></body></html>";
    assertThat(MailHtml.clean(document))
        .startsWith("<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\">")
        .contains("<title>T &lt;i&gt;</title>", "<body style=\"margin:0\"><p>a</p></body>");
    assertThat(MailHtml.clean("<p>a</p>")).isEqualTo("<p>a</p>");
    assertThat(MailHtml.clean("a {{b}} @ c")).isEqualTo("a {{b}} @ c");
    assertThat(MailHtml.clean("")).isEmpty();
  }

  @Test
  void cleansTwiceToTheSame() {
    String once =
        MailHtml.clean(
            "<html><head><style>p{color:red;position:fixed} @media (max-width:480px){.a{width:100%!important}}</style></head><body><p class=a>x &amp; y</p></body></html>");
    assertThat(MailHtml.clean(once)).isEqualTo(once);
    assertThat(once)
        .contains("p { color:red }", "@media (max-width:480px) {\n.a { width:100% !important }\n}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "p{color:red} | <p>x</p> | color:red",
        "p{color:red} .a{color:blue} | <p class='b a'>x</p> | color:blue",
        ".a{color:blue} p{color:red} | <p class=a>x</p> | color:blue",
        "#i{color:green} .a.b{color:blue} | <p id=i class='a b'>x</p> | color:green",
        "p{color:red} p{color:blue} | <p>x</p> | color:blue",
        "p{color:red!important} #i{color:green} | <p id=i>x</p> | color:red",
        "p{color:red} | <p style='color:blue'>x</p> | color:blue",
        "p{color:red !important} | <p style='color:blue'>x</p> | color:red",
        "p{margin:1px;margin-top:2px} | <p>x</p> | margin:1px;margin-top:2px",
        "p{margin-top:2px} p{margin:1px} | <p>x</p> | margin-top:2px;margin:1px",
        "div > p{color:red} | <div><p>x</p></div> | color:red",
        "div p, h1{color:red} | <div><b><p>x</p></b></div> | color:red",
        "b + p{color:red} | <b>a</b><p>x</p> | color:red",
        "p:first-child{color:red} | <p>x</p> | color:red",
        "p[align=left]{color:red} | <p align=left>x</p> | color:red",
        "p[align]{color:red} | <p align=left>x</p> | color:red",
        "/* p{color:blue} */ P{color:red} | <p>x</p> | color:red",
        "<!-- p{color:red} --> | <p>x</p> | color:red",
      })
  void writesRulesAtTheirElementsByTheCascade(String css, String html, String style) {
    String inlined = MailHtml.inline("<style>" + css + "</style>" + html);
    assertThat(Jsoup.parse(inlined).select("p").attr("style")).isEqualTo(style);
    assertThat(inlined).doesNotContain("<style");
  }

  @Test
  void keepsRulesThatCannotBeWrittenAtElements() {
    String css =
        "a:hover{color:red} @media (max-width:480px){p{width:100%!important}} p{color:blue} @import 'x';";
    String inlined =
        MailHtml.inline(
            "<html><head><style>" + css + "</style></head><body><p>x</p></body></html>");
    assertThat(inlined)
        .contains(
            "a:hover { color:red }",
            "@media (max-width:480px) {\np { width:100% !important }\n}",
            "<p style=\"color:blue\">")
        .doesNotContain("@import");
    assertThat(Jsoup.parse(inlined).head().select("style")).hasSize(1);
  }

  static Stream<String> hostile() {
    int m = 1_000_000;
    return Stream.of(
        "<div>".repeat(m / 5),
        "<b>".repeat(m / 3),
        "<table><tr><td>".repeat(m / 15),
        "<a href=x><b>".repeat(m / 13),
        "<p " + "a=b ".repeat(m / 5) + ">x",
        "<".repeat(m),
        "&".repeat(m),
        "<!--".repeat(m / 4),
        "<ul><li>".repeat(m / 8),
        "<style>" + "a{b:c}".repeat(m / 6 - 10) + "</style>",
        "<style>" + "a{}".repeat(m / 3 - 10) + "</style>",
        "<style>" + "{".repeat(m - 20) + "</style>",
        "<style>" + "a,".repeat(200_000) + "a{color:red}</style>" + "<i>".repeat(100_000),
        "<style>" + "/*".repeat(m / 2 - 20) + "</style>",
        "<style>"
            + "* * * * * * * * * *{color:red}".repeat(1_000)
            + "</style>"
            + "<div><b>".repeat(50_000),
        "<style>"
            + ".a ~ .a ~ .a ~ .b{color:red}".repeat(100)
            + "</style>"
            + "<i class=a></i>".repeat(50_000),
        "<style>.x{color:red}</style><i class=\"" + "a ".repeat(450_000) + "\">x</i>",
        "<p style=\"" + "color:red;".repeat(90_000) + "\">x",
        "<p style=\"color:" + "(".repeat(900_000) + "\">x",
        "<p style=\"a:" + "!important".repeat(90_000) + "\">x",
        "<table>" + "<tr><td>a<td>b".repeat(70_000),
        "<ol>" + "<li>x".repeat(39_000),
        "<pre>" + "\n".repeat(m - 10),
        "<blockquote>".repeat(80_000) + "x",
        "<a href=\"https://x.example/" + "a".repeat(900_000) + "\">x</a>",
        "<br>".repeat(250_000),
        "\u00a0 ".repeat(500_000),
        "<svg><style>".repeat(20_000),
        "<svg><p>".repeat(20_000),
        "<b>".repeat(40_000),
        "<ul><li>".repeat(20_000),
        "<br>".repeat(40_000),
        "<div><b>".repeat(20_000),
        "<table><tr><td>".repeat(13_000),
        "<a href=x><b>".repeat(20_000),
        "<table>" + "<tr><td>a<td>b".repeat(13_000),
        "<style>"
            + ".a ~ .a ~ .a ~ .b{color:red}".repeat(100)
            + "</style>"
            + "<i class=a></i>".repeat(19_000),
        "<style>"
            + "* * * * * * * * * *{color:red}".repeat(1_000)
            + "</style>"
            + "<div><b>".repeat(19_000),
        "<blockquote>".repeat(40_000) + "x",
        "<math><mi>".repeat(20_000),
        "<font color=red>".repeat(30_000) + "<p>".repeat(10_000),
        "<p><b><i><u>".repeat(10_000),
        "<template><p>".repeat(20_000),
        "<form><p>".repeat(20_000),
        "<p title='" + "&amp;".repeat(199_000) + "'>",
        "<select><option>".repeat(60_000),
        "<math><mi>".repeat(90_000),
        "<font color=red>".repeat(60_000) + "<p>".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void endsInTimeOrRefuses(String html) {
    assertThat(html.length()).isLessThanOrEqualTo(1_000_000);
    timed(html, MailHtml::clean);
    timed(html, MailHtml::inline);
    timed(html, PlainText::fromHtml);
  }

  /** The processor's time, as such machines are shared. */
  private static void timed(String html, UnaryOperator<String> work) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    try {
      assertThat(work.apply(html)).isNotNull();
    } catch (BadText refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    assertThat(took).as(html.substring(0, 40)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void refusesWhatIsTooLong() {
    String long_ = "x".repeat(1_000_001);
    assertThatThrownBy(() -> MailHtml.clean(long_)).isInstanceOf(BadText.class);
    assertThatThrownBy(() -> MailHtml.inline(long_)).isInstanceOf(BadText.class);
    assertThatThrownBy(() -> PlainText.fromHtml(long_)).isInstanceOf(BadText.class);
    assertThatThrownBy(() -> MailChecks.of("", long_)).isInstanceOf(BadText.class);
  }

  @Test
  void tellsWhatWillNotReadWell() {
    String html =
        "<p>x</p><a href=\"http://a.example\">a</a><a href=\"https://a.example\">b</a><img src=\"cid:a\"><img src=\"cid:b\" alt=\"\">"
            + " ".repeat(110_000);
    assertThat(MailChecks.of("s".repeat(71), html))
        .extracting(MailCheck::code)
        .containsExactly("long_subject", "insecure_link", "image_without_text", "too_large");
    assertThat(MailChecks.of("Invoice", "<p>x</p>")).isEmpty();
    assertThat(MailChecks.of(" ", "<p> </p>"))
        .extracting(MailCheck::code)
        .containsExactly("no_subject", "no_text");
  }
}

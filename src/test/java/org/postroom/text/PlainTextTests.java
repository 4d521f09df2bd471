package org.postroom.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTests {

  @Test
  void readsWellWithoutHtml() {
    String html =
        """
        <div style="display:none">Preview line</div>
        <h1>Your  invoice</h1><p>Dear Anna,<br>thank you for
        <b>your</b> order.</p>
        <ul><li>Coffee</li><li>Tea<ul><li>green</li></ul></li></ul>
        <ol start="3"><li>three</li><li><p>four</p></li></ol>
        <table><tr><th>Item</th><th align="right">Amount</th></tr>
        <tr><td>Coffee beans</td><td align="right">1,200.50</td></tr><tr><td>Tea</td><td align="right">8.00</td></tr></table>
        <p><a href="https://pay.example/1">Pay online</a> or see <a href="https://acme.example/">acme.example</a>,
        <a href="mailto:a@b.example">a@b.example</a>, <a href="https://x.example"><img src="cid:l" alt="our page"></a>
        <a href="https://y.example"><img src="cid:m"></a></p>
        <blockquote>They said<p>yes</p></blockquote><hr><pre>a  b
          c</pre>
        <script>x()</script><style>p{}</style>
        """;
    assertThat(PlainText.fromHtml(html))
        .isEqualTo(
            """
            Your invoice

            Dear Anna,
            thank you for your order.

            - Coffee
            - Tea
              - green

            3. three

            4. four

            Item            Amount
            Coffee beans  1,200.50
            Tea               8.00

            Pay online (https://pay.example/1) or see acme.example, a@b.example, our page (https://x.example)

            > They said
            >
            > yes

            ----------------------------------------

            a  b
              c
            """);
  }

  @Test
  void tablesThatOnlyArrangeAreReadAsBlocks() {
    String html =
        "<table role=presentation><tr><td><h1>A</h1><p>b</p></td></tr><tr><td><table><tr><td>Total</td><td>5</td></tr></table></td></tr></table>";
    assertThat(PlainText.fromHtml(html)).isEqualTo("A\n\nb\n\nTotal  5\n");
  }

  @Test
  void textBecomesHtmlAndBack() {
    String text = "Dear <b>Anna</b> & co,\n\nline one\nline two\n";
    assertThat(PlainText.toHtml(text)).contains("&lt;b&gt;Anna&lt;/b&gt; &amp; co", "line one<br>");
    assertThat(PlainText.fromHtml(PlainText.toHtml(text))).isEqualTo(text);
    assertThat(PlainText.fromHtml("")).isEqualTo("\n");
  }
}

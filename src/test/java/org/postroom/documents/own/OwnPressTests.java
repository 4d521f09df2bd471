package org.postroom.documents.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.postroom.access.Company;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Printing;

class OwnPressTests {
  static final OwnPress PRESS = new OwnPress(List.of(Path.of("/usr/share/fonts")));

  @Test
  void printsADocumentInTheCompanysOwnDesign() {
    String html =
        """
        <div class="foot">{{words.page}} <span class="page"></span> {{words.page_of}} <span class="pages"></span></div>
        <h1>{{print.title}}</h1><p>{{print.to.name}}</p><b>bold</b> <i>italic</i> <b><i>both</i></b>
        <table>{{#each document.lines}}<tr><td>{{description}}</td><td>{{money amount ../document.currency}}</td></tr>{{/each}}</table>
        {{#if print.qr}}<img class="qr" src="asset:qr">{{/if}}
        """;
    String css =
        """
        @page { @bottom-right { content: element(foot) } }
        .foot { position: running(foot); text-align: right; font-size: 7pt }
        h1 { color: var(--accent); } td { padding: 1mm; border-bottom: 0.4pt solid #ccc }
        .qr { width: 27mm }
        """;
    Design design = new Design(html, css, null, List.of());
    assertThat(OwnPress.check(design)).isEmpty();
    byte[] pdf = PRESS.print(design, invoice(60));
    keep("own-first", pdf);
    String text = text(pdf);
    assertThat(text).contains("Invoice SAMPLE-1", "Contoso Bakery", "Page ");
    assertThat(PRESS.print(design, invoice(60))).isEqualTo(pdf);
  }

  static Company acme() {
    return new Company(
        "com_1",
        "Acme Coffee GmbH",
        List.of("Speicherstadt 12", "20457 Hamburg", "Germany"),
        "DE",
        "EUR",
        Locale.ENGLISH,
        ZoneId.of("Europe/Berlin"),
        "hello@acme.example",
        "+49 40 123456-0",
        "www.acme.example",
        "DE 123 456 789",
        "HRB 112233, Hamburg",
        "Hanse Bank",
        "DE89 3704 0044 0532 0130 00",
        "COBADEFFXXX",
        "#0f766e",
        null,
        Company.Paper.A4);
  }

  static Printing invoice(int lines) {
    return Sample.of(DocumentKind.INVOICE, acme(), Locale.ENGLISH, lines);
  }

  static String text(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static void keep(String name, byte[] pdf) {
    try {
      Path folder = Files.createDirectories(Path.of("target/samples/own"));
      Files.write(folder.resolve(name + ".pdf"), pdf);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

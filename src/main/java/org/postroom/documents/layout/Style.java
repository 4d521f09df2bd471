package org.postroom.documents.layout;

import org.postroom.access.Accent;
import org.postroom.access.Company.Paper;

/** The style sheet: one design, fitted to the paper and the company's colour. */
final class Style {
  /**
   * @param size for {@code @page}
   * @param left margin, where a window envelope expects the address text
   * @param brand height of the brand strip, which puts the address into the window
   */
  private record Measures(String size, String left, String brand, String addressWidth) {}

  private static final Measures A4 = new Measures("210mm 297mm", "25mm", "32mm", "85mm");
  private static final Measures LETTER = new Measures("8.5in 11in", "22mm", "35mm", "88mm");

  private Style() {}

  static String css(Paper paper, Accent accent, String fonts, int logoWidthMm) {
    Measures measures = paper == Paper.A4 ? A4 : LETTER;
    return SHEET
        .replace("$size", measures.size())
        .replace("$left", measures.left())
        .replace("$brand", measures.brand())
        .replace("$address", measures.addressWidth())
        .replace("$ink", accent.ink())
        .replace("$tint", accent.tint())
        .replace("$logo", logoWidthMm + "mm")
        .replace("$fonts", fonts);
  }

  private static final String SHEET =
      """
      @page { size: $size; margin: 22mm 20mm 33mm $left;
        @top-left { content: element(runner); vertical-align: top; padding-top: 12mm; }
        @bottom-left { content: element(foot); vertical-align: top; padding-top: 4mm; } }
      @page :first { margin-top: 13mm; @top-left { content: none; } }
      body { margin: 0; font-family: $fonts; font-size: 9pt; line-height: 1.4; color: #1c2430; }
      table { border-collapse: collapse; border-spacing: 0; }
      [dir=rtl] { direction: rtl; text-align: left; }
      td, th { padding: 0; vertical-align: top; text-align: left; font-weight: normal; }
      div, td, th, p, h1 { word-wrap: break-word; }
      .runner { position: running(runner); font-size: 7.5pt; color: #667085; white-space: nowrap;
        overflow: hidden; height: 4mm; }
      .foot { position: running(foot); font-size: 7pt; line-height: 1.5; color: #667085; }
      .imprint { width: 100%; table-layout: fixed; border-top: 0.4pt solid #d0d5dd; }
      .imprint td { padding: 2.5mm 4mm 0 0; }
      .pages { text-align: right; padding-top: 2mm; }
      .page:before { content: counter(page); }
      .count:before { content: counter(pages); }
      .brand { height: $brand; overflow: hidden; }
      .brand img { width: $logo; }
      .brandname { font-size: 17pt; line-height: 1.2; font-weight: bold; color: $ink; }
      .window { width: 100%; table-layout: fixed; page-break-inside: avoid; }
      .address { width: $address; height: 44mm; padding-right: 7mm; }
      .sender { font-size: 6.5pt; line-height: 1.3; color: #667085; padding-bottom: 4mm; }
      .to { font-size: 10pt; line-height: 1.4; min-height: 31mm; }
      .place { padding-top: 4mm; font-size: 9pt; }
      .label { font-size: 7.5pt; color: #667085; padding-bottom: 0.6mm; }
      .strong { font-weight: bold; }
      .pairs th { color: #667085; padding: 0 5mm 0.9mm 0; }
      .pairs td { padding: 0 0 0.9mm 0; }
      .facts .pairs { width: 100%; table-layout: fixed; }
      .facts .pairs th { width: 28mm; }
      h1 { font-size: 19pt; line-height: 1.2; font-weight: bold; margin: 7mm 0 4mm 0;
        page-break-after: avoid; }
      h2 { font-size: 9pt; font-weight: bold; color: $ink; margin: 0 0 1.6mm 0; }
      .lines { width: 100%; table-layout: fixed; -fs-table-paginate: paginate;
        border-bottom: 0.6pt solid #98a2b3; margin: 0 0 3mm 0; }
      .lines th { font-size: 7.5pt; line-height: 1.3; color: #667085; vertical-align: bottom;
        padding: 0 1.5mm 1.6mm 0; border-bottom: 0.9pt solid $ink; }
      .lines td { padding: 1.5mm 1.5mm 1.5mm 0; border-bottom: 0.4pt solid #e4e7ec; }
      .lines tr { page-break-inside: avoid; }
      .lines .figure { text-align: right; padding-left: 1.5mm; padding-right: 0; white-space: nowrap; }
      .lines .unit { padding-left: 1.5mm; padding-right: 0; color: #667085; }
      .lines .key { color: #667085; }
      .detail { font-size: 8pt; line-height: 1.35; color: #667085; }
      .sums { margin: 0 0 0 auto; width: 88mm; page-break-inside: avoid; }
      .sums th { padding: 1mm 3mm 1mm 3mm; color: #475467; }
      .sums td { padding: 1mm 3mm 1mm 3mm; text-align: right; white-space: nowrap; }
      .sums .gross th, .sums .gross td { border-top: 0.6pt solid #98a2b3; font-weight: bold;
        color: #1c2430; padding-top: 1.8mm; }
      .sums .last th, .sums .last td { background-color: $tint; font-weight: bold; color: $ink;
        padding-top: 2.6mm; padding-bottom: 2.6mm; }
      .sums .last th { vertical-align: middle; }
      .sums .last td { font-size: 13.5pt; line-height: 1.2; }
      .exemption { margin: 2mm 0 0 0; font-size: 8pt; color: #475467; text-align: right; }
      .payment { width: 100%; margin-top: 6mm; page-break-inside: avoid; }
      .payment .pairs th, .payment .pairs td { padding-bottom: 0.5mm; }
      .terms { margin: 0 0 2mm 0; }
      .code { width: 34mm; text-align: center; font-size: 6.5pt; line-height: 1.3; color: #667085; }
      .epc { width: 27mm; height: 27mm; display: block; margin: 0 auto 1.2mm auto; }
      .note { margin: 5mm 0 0 0; page-break-inside: avoid; }
      """;
}

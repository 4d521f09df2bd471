package org.postroom.documents.einvoice;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.jspecify.annotations.Nullable;

/**
 * What a Factur-X PDF says about itself (XMP, ISO 16684-1), with the schema of its own properties
 * as PDF/A demands (ISO 19005-3, 6.6.2.3). Says the same as the PDF's information dictionary.
 */
final class Xmp {
  private static final String TEMPLATE =
      """
      <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
       <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
         <pdfaid:part>3</pdfaid:part>
         <pdfaid:conformance>B</pdfaid:conformance>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
         <dc:format>application/pdf</dc:format>
         <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
         <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
         <pdf:Producer>{producer}</pdf:Producer>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
         <xmp:CreatorTool>{creator}</xmp:CreatorTool>
         <xmp:CreateDate>{created}</xmp:CreateDate>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
         <fx:DocumentType>INVOICE</fx:DocumentType>
         <fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>
         <fx:Version>1.0</fx:Version>
         <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
        </rdf:Description>
        <rdf:Description rdf:about=""
          xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
          xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
          xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
         <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
          <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
          <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
          <pdfaSchema:prefix>fx</pdfaSchema:prefix>
          <pdfaSchema:property><rdf:Seq>
      {properties}    </rdf:Seq></pdfaSchema:property>
         </rdf:li></rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>
       </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="w"?>\
      """;

  private static final String PROPERTY =
      """
           <rdf:li rdf:parseType="Resource">
            <pdfaProperty:name>%s</pdfaProperty:name>
            <pdfaProperty:valueType>Text</pdfaProperty:valueType>
            <pdfaProperty:category>external</pdfaProperty:category>
            <pdfaProperty:description>%s</pdfaProperty:description>
           </rdf:li>
      """;

  private Xmp() {}

  static byte[] of(PDDocumentInformation facts, LocalDate date) {
    Calendar created = facts.getCreationDate();
    String moment =
        created == null
            ? date.atStartOfDay()
                .atOffset(ZoneOffset.UTC)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            : created.toInstant().toString();
    return TEMPLATE
        .replace("{properties}", properties())
        .replace("{created}", moment)
        .replace("{producer}", text(facts.getProducer(), "Postroom"))
        .replace("{creator}", text(facts.getCreator(), "Postroom"))
        .replace("{title}", text(facts.getTitle(), "Invoice"))
        .replace("{author}", text(facts.getAuthor(), "Postroom"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String properties() {
    return PROPERTY.formatted("DocumentFileName", "The name of the embedded XML document")
        + PROPERTY.formatted("DocumentType", "The type of the hybrid document, such as INVOICE")
        + PROPERTY.formatted("Version", "The version of the standard of the embedded XML")
        + PROPERTY.formatted("ConformanceLevel", "The profile of the embedded XML");
  }

  /** Escaped; an opening brace too, so that no value looks like a place to fill. */
  private static String text(@Nullable String value, String otherwise) {
    String said = value == null || value.isBlank() ? otherwise : value;
    StringBuilder out = new StringBuilder();
    said.codePoints()
        .filter(point -> point >= 0x20 && point != 0xfffe && point != 0xffff)
        .forEach(point -> {
          switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '{' -> out.append("&#123;");
            default -> out.appendCodePoint(point);
          }
        });
    return out.toString();
  }
}

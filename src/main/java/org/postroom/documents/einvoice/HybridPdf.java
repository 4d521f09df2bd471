package org.postroom.documents.einvoice;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;

/**
 * Makes a PDF a PDF/A-3 (ISO 19005-3, level B) that carries its figures as {@code factur-x.xml}.
 * The same PDF and XML give the same bytes. Fonts must be embedded already.
 */
final class HybridPdf {
  static final String FILE = "factur-x.xml";
  private static final Set<String> NAMES =
      Set.of(FILE, "xrechnung.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml");
  private static final COSName RELATIONSHIP = COSName.getPDFName("AFRelationship");
  private static final COSName ASSOCIATED = COSName.getPDFName("AF");
  private static final byte[] SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

  private HybridPdf() {}

  static byte[] of(byte[] pdf, byte[] xml, LocalDate date) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDDocumentCatalog catalog = document.getDocumentCatalog();
      describe(document, catalog, date);
      colours(document, catalog);
      for (PDPage page : document.getPages()) printable(page);
      carry(document, catalog, xml, date);
      document.setVersion(1.7f);
      // The file's id otherwise hashes the time of day (PDF 2.0, 14.4).
      document.setDocumentId((long) Arrays.hashCode(xml));
      document.getDocument().getTrailer().removeItem(COSName.ID);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(pdf.length + 32 * 1024);
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Whether a PDF has a file of one of the names that Factur-X, ZUGFeRD and XRechnung give it. */
  static boolean carries(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      COSArray files = document.getDocumentCatalog().getCOSObject().getCOSArray(ASSOCIATED);
      if (files == null) return false;
      for (int i = 0; i < files.size(); i++)
        if (files.getObject(i) instanceof COSDictionary file
            && NAMES.contains(file.getString(COSName.UF, file.getString(COSName.F, ""))))
          return true;
      return false;
    } catch (IOException broken) {
      return false;
    }
  }

  private static void describe(PDDocument document, PDDocumentCatalog catalog, LocalDate date)
      throws IOException {
    byte[] xmp = Xmp.of(document.getDocumentInformation(), date);
    PDMetadata metadata = new PDMetadata(document, new ByteArrayInputStream(xmp));
    catalog.setMetadata(metadata);
  }

  private static void colours(PDDocument document, PDDocumentCatalog catalog) throws IOException {
    catalog.getCOSObject().removeItem(COSName.getPDFName("OutputIntents"));
    PDOutputIntent intent = new PDOutputIntent(document, new ByteArrayInputStream(SRGB));
    intent.setInfo("sRGB IEC61966-2.1");
    intent.setOutputCondition("sRGB IEC61966-2.1");
    intent.setOutputConditionIdentifier("sRGB IEC61966-2.1");
    intent.setRegistryName("http://www.color.org");
    catalog.addOutputIntent(intent);
  }

  /** Links must be marked as printed (ISO 19005-3, 6.3.2). */
  private static void printable(PDPage page) throws IOException {
    for (PDAnnotation annotation : page.getAnnotations()) {
      annotation.setPrinted(true);
      annotation.setHidden(false);
      annotation.setInvisible(false);
      annotation.setNoView(false);
    }
  }

  private static void carry(
      PDDocument document, PDDocumentCatalog catalog, byte[] xml, LocalDate date)
      throws IOException {
    PDEmbeddedFile content =
        new PDEmbeddedFile(document, new ByteArrayInputStream(xml), COSName.FLATE_DECODE);
    content.setSubtype("text/xml");
    content.setSize(xml.length);
    content.setModDate(midnight(date));
    PDComplexFileSpecification file = new PDComplexFileSpecification();
    file.setFile(FILE);
    file.setFileUnicode(FILE);
    file.setFileDescription("Factur-X invoice");
    file.setEmbeddedFile(content);
    file.setEmbeddedFileUnicode(content);
    COSDictionary specification = file.getCOSObject();
    specification.setItem(RELATIONSHIP, COSName.getPDFName("Alternative"));
    PDEmbeddedFilesNameTreeNode files = new PDEmbeddedFilesNameTreeNode();
    files.setNames(Map.of(FILE, file));
    PDDocumentNameDictionary names = new PDDocumentNameDictionary(catalog);
    names.setEmbeddedFiles(files);
    catalog.setNames(names);
    COSArray associated = new COSArray();
    associated.add(specification);
    catalog.getCOSObject().setItem(ASSOCIATED, associated);
  }

  private static GregorianCalendar midnight(LocalDate date) {
    GregorianCalendar moment = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    moment.setTimeInMillis(date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    return moment;
  }
}

package org.postroom.documents.ubl;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;

/** Reads UBL 2.x. Throws nothing but {@link Problem}, whatever the bytes are. */
public final class Ubl {
  private Ubl() {}

  /** A document whose kind and number stand in the XML. */
  public static UblDocument read(byte[] body) {
    Element root = Xml.parse(body);
    Form form = form(root);
    return new UblMapping(root, form, form.kind()).read(number(root));
  }

  /** A document that must carry that number and be able to be of that kind. */
  public static UblDocument read(byte[] body, DocumentKind kind, String number) {
    Element root = Xml.parse(body);
    Form form = form(root);
    if (!form.kinds().contains(kind)) throw wrongKind(form, kind);
    String own = number(root);
    if (!own.equals(number))
      throw Problem.invalid(
          "/" + form.root() + "/cbc:ID",
          "contradiction",
          "The address says “" + number + "”, the XML “" + own + "”.");
    return new UblMapping(root, form, kind).read(number);
  }

  private static Form form(Element root) {
    Form form = Form.of(root.name()).orElse(null);
    boolean named =
        root.namespace().isEmpty() || root.namespace().equals(Element.UBL + root.name() + "-2");
    if (form != null && named) return form;
    throw Problem.invalid(
        "/" + shown(root.name()),
        "unknown_root",
        "The root element “"
            + shown(root.name())
            + "”"
            + (form == null ? "" : " in the namespace “" + shown(root.namespace()) + "”")
            + " is not read. UBL 2.x documents that are: "
            + Form.roots()
            + ".");
  }

  private static String number(Element root) {
    String number = root.text("ID");
    if (number != null) return number;
    throw Problem.invalid(
        root.place("cbc:ID"), "required", "The document's number (cbc:ID) is missing.");
  }

  private static Problem wrongKind(Form form, DocumentKind kind) {
    String possible =
        form.kinds().stream().map(DocumentKind::word).collect(Collectors.joining(", "));
    return Problem.invalid(
        "/" + form.root(),
        "wrong_kind",
        "UBL " + form.root() + " is no " + kind.word() + ". It can be: " + possible + ".");
  }

  private static String shown(@Nullable String text) {
    if (text == null) return "";
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}

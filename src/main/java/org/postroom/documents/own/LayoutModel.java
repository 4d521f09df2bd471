package org.postroom.documents.own;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Party;
import org.postroom.documents.DocumentModel;
import org.postroom.documents.Layouts;
import org.postroom.documents.Printing;
import org.postroom.documents.StoredDocument;
import org.postroom.documents.layout.Workshop;
import org.postroom.text.Plain;

/**
 * The values of a layout's placeholders: those of {@link DocumentModel}, and besides {@code print}
 * (what paper needs: parties as they are printed, whether there is a logo and a payment code) and
 * {@code words} (the printed words in the document's language).
 */
public final class LayoutModel {
  private LayoutModel() {}

  public static Plain of(Printing printing) {
    return of(printing, false);
  }

  static Plain of(Printing printing, boolean code) {
    Map<String, Object> model =
        new LinkedHashMap<>(
            DocumentModel.of(
                printing.company(), stored(printing), printing.partner(), printing.language()));
    model.put("print", print(printing, code));
    model.put("words", words(printing.document(), printing.language()));
    return Plain.of(model);
  }

  private static Map<String, Object> print(Printing printing, boolean code) {
    Document document = printing.document();
    Map<String, Object> print = new LinkedHashMap<>();
    print.put(
        "title", Layouts.kindLabel(document.kind(), printing.language()) + " " + document.number());
    byte[] logo = printing.company().logo();
    if (logo != null && logo.length > 0) print.put("logo", "asset:logo");
    if (code) print.put("qr", "asset:qr");
    List<Party> parties = Workshop.parties(document, printing.company());
    print.put("from", party(parties.get(0)));
    print.put("to", party(parties.get(1)));
    print.put("deliver_to", party(parties.get(2)));
    return print;
  }

  private static Map<String, Object> party(Party party) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (party.name() != null) map.put("name", party.name());
    map.put("address", party.address());
    if (party.taxId() != null) map.put("tax_id", party.taxId());
    if (party.email() != null) map.put("email", party.email());
    if (party.phone() != null) map.put("phone", party.phone());
    return map;
  }

  /** {@code total.due} is {@code words.total_due}, and what the document's kind calls it. */
  private static Map<String, String> words(Document document, Locale language) {
    Map<String, String> words = new LinkedHashMap<>();
    Map<String, String> all = Workshop.words(language);
    String kind = "." + document.kind().word();
    all.forEach((key, word) -> words.put(name(key), word));
    all.forEach((key, word) -> {
      if (key.endsWith(kind)) words.put(name(key.substring(0, key.length() - kind.length())), word);
    });
    String[] page = all.getOrDefault("page", "").split("\\{[01]}", -1);
    words.put("page", page[0].strip());
    words.put("page_of", page.length > 1 ? page[1].strip() : "/");
    return words;
  }

  private static String name(String key) {
    return key.replace('.', '_');
  }

  private static StoredDocument stored(Printing printing) {
    Document document = printing.document();
    return new StoredDocument(
        "",
        document,
        1,
        document.amountDue(),
        printing.payments(),
        null,
        true,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}

package org.postroom.documents.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company.Paper;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.LayoutDraft;
import org.postroom.documents.OwnLayout;
import org.postroom.documents.OwnLayouts.Wish;
import org.postroom.documents.own.Design;
import org.postroom.documents.own.Image;
import org.postroom.documents.own.Starter;
import org.postroom.http.Problem;
import org.springframework.web.multipart.MultipartFile;

/** The editor as it was typed; its texts stand in the page again after an error. */
record LayoutForm(
    @Nullable String name,
    @Nullable List<String> kinds,
    @Nullable String active,
    @Nullable String paper,
    @Nullable String html,
    @Nullable String css,
    @Nullable String imageName,
    @Nullable MultipartFile image,
    @Nullable List<String> without,
    @Nullable Long version,
    @Nullable String kind,
    @Nullable String number,
    @Nullable String language) {

  static LayoutForm of(OwnLayout layout) {
    Paper paper = layout.design().paper();
    return new LayoutForm(
        layout.name(),
        layout.kinds().stream().map(DocumentKind::word).toList(),
        layout.active() ? "on" : null,
        paper == null ? "" : paper.name(),
        layout.html(),
        layout.css(),
        null,
        null,
        null,
        layout.version(),
        layout.kinds().getFirst().word(),
        null,
        null);
  }

  static LayoutForm of(Starter starter) {
    Design design = starter.design();
    return new LayoutForm(
        starter.name(),
        starter.kinds().stream().map(DocumentKind::word).toList(),
        "on",
        "",
        design.html(),
        design.css(),
        null,
        null,
        null,
        null,
        starter.kinds().getFirst().word(),
        null,
        null);
  }

  public boolean has(String word) {
    return kinds != null && kinds.contains(word);
  }

  /** What was typed over what is stored. */
  LayoutDraft draft(@Nullable OwnLayout stored) throws IOException {
    String title = text(name).strip();
    if (title.isEmpty()) throw Problem.invalid("/name", "required", "Give the layout a name.");
    if (title.length() > 100) throw Problem.invalid("/name", "too_long", "At most 100 letters.");
    List<DocumentKind> chosen = chosen();
    if (chosen.isEmpty())
      throw Problem.invalid("/kinds", "required", "Choose at least one kind of document.");
    return new LayoutDraft(title, chosen, active != null, design(stored));
  }

  Design design(@Nullable OwnLayout stored) throws IOException {
    Paper size =
        switch (text(paper)) {
          case "A4" -> Paper.A4;
          case "LETTER" -> Paper.LETTER;
          default -> null;
        };
    return new Design(lines(html), lines(css), size, images(stored));
  }

  Wish wish() {
    DocumentKind shown =
        DocumentKind.of(text(kind))
            .orElseGet(() -> chosen().stream().findFirst().orElse(DocumentKind.INVOICE));
    String real = text(number).strip();
    String tongue = text(language).strip();
    return new Wish(
        shown,
        real.isEmpty() ? null : real,
        tongue.isEmpty() ? null : Locale.forLanguageTag(tongue));
  }

  private List<DocumentKind> chosen() {
    return kinds == null
        ? List.of()
        : kinds.stream().flatMap(word -> DocumentKind.of(word).stream()).distinct().toList();
  }

  private List<Image> images(@Nullable OwnLayout stored) throws IOException {
    Set<String> gone = without == null ? Set.of() : Set.copyOf(without);
    String given = text(imageName).strip();
    List<Image> images = new ArrayList<>();
    if (stored != null)
      stored.design().images().stream()
          .filter(old -> !gone.contains(old.name()) && !old.name().equals(given))
          .forEach(images::add);
    if (image != null && !image.isEmpty()) images.add(uploaded(given, image));
    Design.troubleWith(images)
        .ifPresent(why -> {
          throw Problem.invalid("/image", "too_large", why);
        });
    return images;
  }

  private static Image uploaded(String name, MultipartFile file) throws IOException {
    if (file.getSize() > Image.MOST_BYTES)
      throw Problem.invalid("/image", "too_large", "The image is larger than 1 MB.");
    try {
      return Image.of(name, file.getBytes());
    } catch (IllegalArgumentException wrong) {
      throw Problem.invalid("/image", "invalid", String.valueOf(wrong.getMessage()));
    }
  }

  private static String lines(@Nullable String text) {
    return text(text).replace("\r\n", "\n");
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}

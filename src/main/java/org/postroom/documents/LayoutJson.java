package org.postroom.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company.Paper;
import org.postroom.documents.own.Design;
import org.postroom.documents.own.Image;
import org.postroom.http.JsonFields;
import tools.jackson.databind.JsonNode;

/** Own layouts as the API speaks of them. */
public final class LayoutJson {
  private static final Map<String, DocumentKind> KINDS =
      Arrays.stream(DocumentKind.values())
          .collect(Collectors.toMap(DocumentKind::word, kind -> kind));
  private static final Map<String, Paper> PAPERS = Map.of("a4", Paper.A4, "letter", Paper.LETTER);
  private static final int LONGEST_IMAGE = Image.MOST_BYTES * 4 / 3 + 4;
  private static final Design BLANK = new Design("", "", null, List.of());

  private LayoutJson() {}

  /** A new layout; 422 with everything that is wrong in the form of it. */
  public static LayoutDraft read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    LayoutDraft draft = draft(fields, new LayoutDraft("", List.of(), true, BLANK));
    if (!fields.has("html")) fields.error("/html", "required", "“html” is required.");
    return checked(fields, draft);
  }

  /** The layout with the fields that are there. Images are a whole list; bytes may stay away. */
  public static LayoutDraft merge(OwnLayout layout, @Nullable JsonNode patch) {
    JsonFields fields = JsonFields.of(patch);
    fields.ignore("id", "built_in", "version", "created_at", "updated_at", "updated_by");
    return checked(fields, draft(fields, layout.draft()));
  }

  /** The fields a preview of something unsaved has besides those of a layout. */
  public static LayoutDraft unsaved(JsonFields fields) {
    return draft(fields, new LayoutDraft("", List.of(), true, BLANK));
  }

  private static LayoutDraft draft(JsonFields fields, LayoutDraft before) {
    return new LayoutDraft(
        fields.has("name") ? fields.required("name", 100) : before.name(),
        kinds(fields, before.kinds()),
        fields.flag("active", before.active()),
        new Design(
            text(fields, "html", before.design().html()),
            text(fields, "css", before.design().css()),
            fields.names().contains("paper")
                ? fields.choice("paper", PAPERS)
                : before.design().paper(),
            images(fields, before.design().images())));
  }

  private static LayoutDraft checked(JsonFields fields, LayoutDraft draft) {
    if (draft.name().isEmpty()) fields.required("name", 100);
    if (draft.kinds().isEmpty())
      fields.error("/kinds", "required", "Choose at least one kind of document.");
    fields.check();
    return draft;
  }

  private static List<DocumentKind> kinds(JsonFields fields, List<DocumentKind> before) {
    if (!fields.names().contains("kinds")) return before;
    List<DocumentKind> kinds = new ArrayList<>();
    for (JsonFields.Text text : fields.texts("kinds", KINDS.size(), 40)) {
      DocumentKind kind = KINDS.get(text.value());
      if (kind == null)
        fields.error(
            text.pointer(),
            "unknown_value",
            "There is no kind of document “" + text.value() + "”.");
      else if (!kinds.contains(kind)) kinds.add(kind);
    }
    return kinds;
  }

  private static String text(JsonFields fields, String name, String before) {
    JsonNode value = fields.raw(name);
    if (value == null) return fields.names().contains(name) ? "" : before;
    if (value.isString()) return value.stringValue().replace("\r\n", "\n");
    fields.error(fields.at(name), "wrong_type", "This must be text.");
    return before;
  }

  private static List<Image> images(JsonFields fields, List<Image> before) {
    if (!fields.names().contains("images")) return before;
    List<Image> images = new ArrayList<>();
    for (JsonFields image : fields.objects("images", Design.MOST_IMAGES)) {
      image.ignore("content_type", "width", "height", "size");
      String name = image.required("name", 40);
      JsonNode content = image.raw("content");
      Optional<Image> kept = before.stream().filter(old -> old.name().equals(name)).findFirst();
      if (content != null) image(image, name, content).ifPresent(images::add);
      else if (kept.isPresent()) images.add(kept.get());
      else if (!name.isEmpty())
        fields.error(image.at("content"), "required", "The image “" + name + "” has no content.");
    }
    checkImages(fields, images);
    return images;
  }

  private static Optional<Image> image(JsonFields fields, String name, JsonNode content) {
    String text = content.isString() ? content.stringValue() : "";
    if (text.length() > LONGEST_IMAGE) {
      fields.error(fields.at("content"), "too_large", "The image is larger than 1 MB.");
      return Optional.empty();
    }
    try {
      return Optional.of(Image.of(name, Base64.getMimeDecoder().decode(text)));
    } catch (IllegalArgumentException wrong) {
      fields.error(fields.at("content"), "invalid", String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  private static void checkImages(JsonFields fields, List<Image> images) {
    if (images.stream().map(Image::name).distinct().count() < images.size())
      fields.error("/images", "duplicate", "Two images have the same name.");
    Design.troubleWith(images).ifPresent(why -> fields.error("/images", "too_large", why));
  }

  public static Map<String, @Nullable Object> write(OwnLayout layout) {
    Map<String, @Nullable Object> json = summary(layout);
    json.put("html", layout.html());
    json.put("css", layout.css());
    json.put("images", layout.design().images().stream().map(LayoutJson::write).toList());
    return json;
  }

  /** Without HTML, CSS and images. */
  public static Map<String, @Nullable Object> summary(OwnLayout layout) {
    Paper paper = layout.design().paper();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", layout.id());
    json.put("name", layout.name());
    json.put("kinds", layout.kinds().stream().map(DocumentKind::word).toList());
    json.put("built_in", false);
    json.put("active", layout.active());
    json.put("paper", paper == null ? null : paper.name().toLowerCase(Locale.ROOT));
    json.put("version", layout.version());
    json.put("created_at", layout.createdAt());
    json.put("updated_at", layout.savedAt());
    json.put("updated_by", layout.savedBy());
    return json;
  }

  /** A built-in one, for the same list. */
  public static Map<String, @Nullable Object> summary(Layout layout) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", layout.id());
    json.put("name", layout.name());
    json.put("kinds", layout.kinds().stream().map(DocumentKind::word).toList());
    json.put("built_in", true);
    json.put("active", true);
    for (String name : List.of("paper", "version", "created_at", "updated_at", "updated_by"))
      json.put(name, null);
    return json;
  }

  private static Map<String, Object> write(Image image) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", image.name());
    json.put("content_type", image.type());
    json.put("width", image.width());
    json.put("height", image.height());
    json.put("size", image.bytes().length);
    return json;
  }
}

package org.postroom.compose.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.MessageDraft.Typed;
import org.springframework.web.multipart.MultipartFile;

/** The fields of a message being written, as a browser sends them. */
record DraftForm(
    @Nullable String to,
    @Nullable String cc,
    @Nullable String bcc,
    @Nullable String account,
    @Nullable String subject,
    @Nullable String text,
    @Nullable String when,
    @Nullable String at,
    @Nullable Long seen,
    @Nullable String template,
    @Nullable String layout,
    @Nullable List<String> further,
    @Nullable List<String> kept,
    @Nullable List<String> standing,
    @Nullable String chooses_standing,
    @Nullable List<MultipartFile> files) {
  private static final int LONGEST = 300_000;
  private static final int LONGEST_ID = 300;
  private static final int MOST_FURTHER = 30;

  Typed typed() {
    return new Typed(
        given(to),
        given(cc),
        given(bcc),
        given(account),
        given(subject),
        given(text),
        "at".equals(when) ? "at" : "now",
        given(at),
        seen == null ? 0 : seen,
        id(template),
        id(layout),
        ids(further),
        ids(kept),
        chooses_standing == null ? null : ids(standing));
  }

  private static List<String> ids(@Nullable List<String> values) {
    return values == null
        ? List.of()
        : values.stream()
            .limit(MOST_FURTHER)
            .map(DraftForm::id)
            .filter(id -> !id.isEmpty())
            .toList();
  }

  private static String id(@Nullable String value) {
    String text = given(value);
    return text.length() > LONGEST_ID ? "" : text;
  }

  /** What was chosen; browsers send an empty part where nothing was. */
  List<MultipartFile> chosen() {
    return files == null ? List.of() : files.stream().filter(file -> !file.isEmpty()).toList();
  }

  private static String given(@Nullable String value) {
    if (value == null) return "";
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }
}

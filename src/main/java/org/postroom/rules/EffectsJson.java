package org.postroom.rules;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.http.JsonFields.Text;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.rules.Decisions.Further;
import org.postroom.rules.Decisions.FurtherFile;

/** Effects as the API speaks of them. */
final class EffectsJson {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int SENTENCE = 300;
  private static final int ADDRESSES = 50;

  private EffectsJson() {}

  static Effects read(@Nullable JsonFields fields) {
    if (fields == null) return Effects.NONE;
    return new Effects(
        fields.text("layout", 100),
        fields.text("template", 100),
        fields.text("account", 60),
        recipients(fields.object("recipients")),
        attachments(fields),
        fields.parsed("delay", 40, EffectsJson::delay),
        said(fields, "hold"),
        said(fields, "do_not_send"));
  }

  /** Present but empty counts: it is held or not sent without a word. */
  private static @Nullable String said(JsonFields fields, String name) {
    String text = fields.text(name, SENTENCE);
    return text == null && fields.emptied(name) ? "" : text;
  }

  private static @Nullable Further recipients(@Nullable JsonFields fields) {
    if (fields == null) return null;
    var further =
        new Further(addresses(fields, "to"), addresses(fields, "cc"), addresses(fields, "bcc"));
    boolean none = further.to().isEmpty() && further.cc().isEmpty() && further.bcc().isEmpty();
    return none ? null : further;
  }

  private static List<Address> addresses(JsonFields fields, String name) {
    Map<String, Address> byKey = new LinkedHashMap<>();
    for (Text text : fields.texts(name, ADDRESSES, 4000))
      for (String one : AddressList.split(text.value()))
        fields
            .parse(new Text(text.pointer(), one), Address::parse)
            .ifPresent(address -> byKey.putIfAbsent(address.key(), address));
    return List.copyOf(byKey.values());
  }

  private static @Nullable List<FurtherFile> attachments(JsonFields fields) {
    List<FurtherFile> files = new ArrayList<>();
    for (JsonFields each : fields.objects("attachments", 20)) {
      String related = each.text("related", 60);
      String standing = each.text("standing_file", 60);
      boolean ofRecord = each.flag("files_of_record", false);
      int said = (related == null ? 0 : 1) + (standing == null ? 0 : 1) + (ofRecord ? 1 : 0);
      if (said != 1)
        each.error(
            each.at("").replaceFirst("/$", ""),
            "required",
            "An attachment names one of: related, standing_file, files_of_record.");
      else if (related != null) files.add(new FurtherFile.Related(related));
      else if (standing != null) files.add(new FurtherFile.Standing(standing));
      else files.add(new FurtherFile.OfRecord());
    }
    return files.isEmpty() ? null : files;
  }

  private static Duration delay(String text) {
    try {
      Duration delay = Duration.parse(text);
      if (delay.isPositive() && delay.compareTo(LONGEST) <= 0) return delay;
    } catch (DateTimeParseException notADuration) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "This must be a time up to 30 days in ISO 8601, such as PT2H or P1D.");
  }

  static Map<String, Object> write(Effects effects) {
    Map<String, Object> json = new LinkedHashMap<>();
    put(json, "layout", effects.layout());
    put(json, "template", effects.template());
    put(json, "account", effects.account());
    Further recipients = effects.recipients();
    if (recipients != null) json.put("recipients", recipients(recipients));
    List<FurtherFile> files = effects.attachments();
    if (files != null) json.put("attachments", files.stream().map(EffectsJson::file).toList());
    put(json, "delay", effects.delay() == null ? null : effects.delay().toString());
    put(json, "hold", effects.hold());
    put(json, "do_not_send", effects.doNotSend());
    return json;
  }

  private static Map<String, Object> recipients(Further further) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!further.to().isEmpty()) json.put("to", texts(further.to()));
    if (!further.cc().isEmpty()) json.put("cc", texts(further.cc()));
    if (!further.bcc().isEmpty()) json.put("bcc", texts(further.bcc()));
    return json;
  }

  private static List<String> texts(List<Address> addresses) {
    return AddressList.lines(addresses).lines().toList();
  }

  private static Map<String, Object> file(FurtherFile file) {
    return switch (file) {
      case FurtherFile.Related related -> Map.of("related", related.kind());
      case FurtherFile.Standing standing -> Map.of("standing_file", standing.file());
      case FurtherFile.OfRecord ofRecord -> Map.of("files_of_record", true);
    };
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) json.put(name, value);
  }
}

package org.postroom.automations;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Options.To;
import org.postroom.calendar.WorkingTime;
import org.postroom.documents.DocumentKind;
import org.postroom.http.JsonFields;
import org.postroom.http.JsonFields.Text;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.rules.ConditionJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Options as the API and the database write them. */
public final class OptionsJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int ADDRESSES = 50;
  private static final int EXCEPTIONS = 500;
  private static final Map<String, DayOfWeek> DAYS =
      Arrays.stream(DayOfWeek.values())
          .collect(Collectors.toMap(OptionsJson::word, Function.identity()));

  private OptionsJson() {}

  /**
   * The options with what the patch says: fields that are there are replaced as a whole, null takes
   * a field back to its default. 422 with everything that is wrong.
   */
  public static Options merge(Options options, @Nullable JsonNode patch) {
    JsonFields.of(patch);
    ObjectNode whole = JSON.valueToTree(write(options));
    if (patch != null)
      patch.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
    JsonFields fields = JsonFields.of(whole);
    fields.ignore("name", "title", "event", "purpose", "sentence", "version");
    fields.ignore("changed_at", "changed_by");
    Options merged = read(fields);
    fields.check();
    return merged;
  }

  private static Options read(JsonFields fields) {
    JsonFields except = fields.object("except");
    To to = fields.choice("to", To.WORDS);
    Duration delay = fields.parsed("delay", 40, OptionsJson::delay);
    return new Options(
        fields.flag("enabled", false),
        ConditionJson.read(fields.object("condition")),
        fields.text("template", 100),
        fields.text("account", 60),
        to == null ? To.RECIPIENT_ORDER : to,
        addresses(fields, "addresses"),
        addresses(fields, "cc"),
        addresses(fields, "bcc"),
        workingTime(fields.object("working_time")),
        delay == null ? Duration.ZERO : delay,
        except == null ? Set.of() : partners(except),
        except == null ? Set.of() : documents(except),
        fields.flag("approval", false));
  }

  /** From its row. What was taken once is kept, also where the checks have become stricter. */
  static Options stored(boolean enabled, @Nullable String content) {
    if (content == null) return Options.INITIAL.enabled(enabled);
    return read(JsonFields.of(JSON.readTree(content))).enabled(enabled);
  }

  static String content(Options options) {
    return JSON.writeValueAsString(write(options));
  }

  /** Everything that can be settled; what it says can be sent back as it is. */
  public static Map<String, @Nullable Object> write(Options options) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("enabled", options.enabled());
    json.put("condition", ConditionJson.write(options.condition()));
    json.put("template", options.template());
    json.put("account", options.account());
    json.put("to", options.to().word());
    json.put("addresses", texts(options.addresses()));
    json.put("cc", texts(options.cc()));
    json.put("bcc", texts(options.bcc()));
    WorkingTime time = options.workingTime();
    json.put("working_time", time == null ? null : write(time));
    json.put("delay", options.delay().isZero() ? null : options.delay().toString());
    Map<String, Object> except = new LinkedHashMap<>();
    except.put("partners", options.exceptPartners().stream().sorted().toList());
    except.put("documents", documents(options.exceptDocuments()));
    json.put("except", except);
    json.put("approval", options.approval());
    return json;
  }

  private static Map<String, Object> write(WorkingTime time) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("days", new TreeSet<>(time.days()).stream().map(OptionsJson::word).toList());
    json.put("from", time.from().toString());
    json.put("until", time.until().toString());
    return json;
  }

  private static @Nullable WorkingTime workingTime(@Nullable JsonFields fields) {
    if (fields == null) return null;
    Set<DayOfWeek> days = new LinkedHashSet<>();
    for (Text text : fields.texts("days", 7, 20)) {
      DayOfWeek day = DAYS.get(text.value().toLowerCase(Locale.ROOT));
      if (day == null)
        fields.error(text.pointer(), "unknown_value", "A day is monday, tuesday and so on.");
      else days.add(day);
    }
    LocalTime from = fields.parsed("from", 10, OptionsJson::time);
    LocalTime until = fields.parsed("until", 10, OptionsJson::time);
    if (!fields.has("from")) fields.required("from", 10);
    if (!fields.has("until")) fields.required("until", 10);
    String at = fields.at("").replaceFirst("/$", "");
    if (from == null || until == null || fields.isWrong(at)) return null;
    List<FieldError> wrong = WorkingTime.wrong(at, days, from, until);
    fields.errors(wrong);
    return wrong.isEmpty() ? new WorkingTime(days, from, until) : null;
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException notATime) {
      throw new IllegalArgumentException("This must be a time such as 08:00.", notATime);
    }
  }

  private static Duration delay(String text) {
    try {
      Duration delay = Duration.parse(text);
      if (!delay.isNegative() && delay.compareTo(LONGEST) <= 0) return delay;
    } catch (DateTimeException | ArithmeticException notADuration) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "This must be a time up to 30 days in ISO 8601, such as PT2H or P1D.");
  }

  private static List<Address> addresses(JsonFields fields, String name) {
    Map<String, Address> byKey = new LinkedHashMap<>();
    for (Text text : fields.texts(name, ADDRESSES, 4000))
      for (String one : AddressList.split(text.value()))
        fields
            .parse(new Text(text.pointer(), one), Address::parse)
            .ifPresent(address -> byKey.putIfAbsent(address.key(), address));
    if (byKey.size() > ADDRESSES)
      fields.error(fields.at(name), "too_many", "At most " + ADDRESSES + " addresses are taken.");
    return List.copyOf(byKey.values());
  }

  private static Set<String> partners(JsonFields except) {
    return except.texts("partners", EXCEPTIONS, 200).stream()
        .map(Text::value)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<DocumentRef> documents(JsonFields except) {
    Set<DocumentRef> documents = new LinkedHashSet<>();
    for (JsonFields each : except.objects("documents", EXCEPTIONS)) {
      String kind = each.required("kind", 60);
      String number = each.required("number", 100);
      if (!kind.isEmpty() && DocumentKind.of(kind).isEmpty())
        each.error(each.at("kind"), "unknown_kind", "“" + kind + "” is no kind of document.");
      documents.add(new DocumentRef(kind, number));
    }
    return documents;
  }

  private static List<Map<String, String>> documents(Set<DocumentRef> documents) {
    return documents.stream()
        .sorted(
            java.util.Comparator.comparing(DocumentRef::kind).thenComparing(DocumentRef::number))
        .map(document -> {
          Map<String, String> json = new LinkedHashMap<>();
          json.put("kind", document.kind());
          json.put("number", document.number());
          return json;
        })
        .toList();
  }

  private static List<String> texts(List<Address> addresses) {
    return AddressList.lines(addresses).lines().toList();
  }

  private static String word(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }
}

package org.postroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postroom.http.JsonFields.Text;
import tools.jackson.databind.json.JsonMapper;

class JsonFieldsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void readsWhatIsThereAndNothingWhereItIsNot() {
    JsonFields fields =
        fields(
            "{\"a\": \" x \", \"b\": null, \"c\": \"  \", \"n\": 7, \"f\": true, \"l\": [\"x\", \"\", null]}");
    assertThat(fields.required("a", 10)).isEqualTo("x");
    assertThat(fields.verbatim("a", 10)).isEqualTo(" x ");
    assertThat(fields.text("b", 10)).isNull();
    assertThat(fields.text("c", 10)).isNull();
    assertThat(fields.text("absent", 10)).isNull();
    assertThat(fields.whole("n", 0, 9, 1)).isEqualTo(7);
    assertThat(fields.whole("m", 0, 9, 1)).isEqualTo(1);
    assertThat(fields.flag("f", false)).isTrue();
    assertThat(fields.texts("l", 3, 10)).containsExactly(new Text("/l/0", "x"));
    assertThat(fields.texts("a", 3, 10)).containsExactly(new Text("/a", "x"));
    fields.check();
  }

  @Test
  void collectsEveryErrorWithItsPointer() {
    JsonFields fields =
        fields(
            """
            {"a": 1, "n": 1.5, "big": 99999999999999999999, "f": "true", "long": "123456",
             "o": {"x/y": 1, "p~q": {}}, "list": [{"deep": "a\\nb"}, 5], "c": "grene"}\
            """);
    fields.text("a", 10);
    fields.whole("n", 0, 9, 0);
    fields.whole("big", 0, 9, 0);
    fields.flag("f");
    fields.text("long", 5);
    fields.object("o");
    fields.objects("list", 5).forEach(each -> each.text("deep", 10));
    fields.choice("c", Map.of("green", 1, "red", 2));
    fields.required("gone", 5);
    Problem problem = catchThrowableOfType(Problem.class, fields::check);
    assertThat(problem.errors())
        .extracting(error -> error.pointer() + " " + error.code())
        .containsExactlyInAnyOrder(
            "/a wrong_type",
            "/n wrong_type",
            "/big wrong_type",
            "/f wrong_type",
            "/long too_long",
            "/o/x~1y unknown_field",
            "/o/p~0q unknown_field",
            "/list/0/deep control_characters",
            "/list/1 wrong_type",
            "/c unknown_value",
            "/gone required");
    assertThat(problem.errorAt("/c"))
        .isEqualTo("“grene” is not one of: green, red. Did you mean “green”?");
  }

  @Test
  void refusesTooMany() {
    JsonFields fields = fields("{\"l\": [1, 2, 3], \"o\": [{}, {}, {}]}");
    assertThat(fields.texts("l", 2, 5)).isEmpty();
    assertThat(fields.objects("o", 2)).isEmpty();
    assertThat(catchThrowableOfType(Problem.class, fields::check).errors())
        .extracting(Problem.FieldError::code)
        .containsExactly("too_many", "too_many");
  }

  @Test
  void aBodyMustBeAnObject() {
    for (String body : List.of("[]", "1", "null", "\"x\""))
      assertThatThrownBy(() -> fields(body)).hasMessage("The body must be a JSON object.");
    assertThatThrownBy(() -> JsonFields.of(null)).isInstanceOf(Problem.class);
  }

  @Test
  void findsTheNearestWordOnlyWhereOneIsNear() {
    List<String> words = List.of("billing", "main", "cc", "rma", "shipment");
    assertThat(Nearest.to("biling", words)).contains("billing");
    assertThat(Nearest.to("mian", words)).contains("main");
    assertThat(Nearest.to("shipmets", words)).contains("shipment");
    assertThat(Nearest.to("xyz", words)).isEmpty();
    assertThat(Nearest.to("x".repeat(100_000), words)).isEmpty();
  }

  private static JsonFields fields(String json) {
    return JsonFields.of(JSON.readTree(json));
  }
}

package org.postroom.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.csv.Csv.Limits;

class CsvTests {
  private static final Limits SMALL = new Limits(200, 3, 4, 20);

  @ParameterizedTest
  @ValueSource(strings = {";", ",", "\t"})
  void findsOutWhatSeparates(String separator) throws BadCsv {
    Csv csv = read("ref;name;emails\r\nc1;Contoso;a@x.example\r\n".replace(";", separator));
    assertThat(csv.header()).containsExactly("ref", "name", "emails");
    assertThat(csv.rows()).containsExactly(new Csv.Row(2, List.of("c1", "Contoso", "a@x.example")));
  }

  @Test
  void aSeparatorInsideQuotesOfTheHeaderDoesNotCount() throws BadCsv {
    assertThat(read("\"a,b,c\";d\n1;2").header()).containsExactly("a,b,c", "d");
    assertThat(read("sep=;\r\na,x;b\r\n1;2"))
        .isEqualTo(new Csv(List.of("a,x", "b"), List.of(new Csv.Row(3, List.of("1", "2")))));
  }

  @Test
  void quotedCellsHoldSeparatorsLineBreaksAndQuotes() throws BadCsv {
    Csv csv = read("a,b\n\"x, \"\"y\"\"\nz\" , 12\" pipe\n\n,\nlast,\"\"");
    assertThat(csv.rows())
        .containsExactly(
            new Csv.Row(2, List.of("x, \"y\"\nz", "12\" pipe")),
            new Csv.Row(6, List.of("last", "")));
  }

  @Test
  void readsHowFilesAreWritten() throws BadCsv {
    String text = "name\nMüller €\n";
    byte[] utf8 = text.getBytes(UTF_8);
    assertThat(first(utf8)).isEqualTo("Müller €");
    assertThat(first(joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, utf8)))
        .isEqualTo("Müller €");
    assertThat(first(text.getBytes(Charset.forName("windows-1252")))).isEqualTo("Müller €");
    assertThat(first(joined(new byte[] {(byte) 0xFF, (byte) 0xFE}, text.getBytes(UTF_16LE))))
        .isEqualTo("Müller €");
  }

  @Test
  void saysWhatIsNoTable() {
    assertThat(trouble("").detail()).isEqualTo("The file is empty.");
    assertThat(trouble("PK\3\4rest").detail()).contains("Save as");
    assertThat(trouble("a,b\n1,\0").detail()).contains("no CSV");
    BadCsv open = trouble("a,b\n1,2\n\"x,3\n4,5");
    assertThat(open.line()).isEqualTo(3);
    assertThat(open.detail()).contains("never closed");
    assertThat(trouble("a\n\"x\"y").detail()).contains("line 2", "doubled");
  }

  @Test
  void keepsToItsLimits() throws BadCsv {
    assertThat(Csv.read("a\n1\n2\n3\n".getBytes(UTF_8), SMALL).rows()).hasSize(3);
    assertThat(small("a\n1\n2\n3\n4").line()).isEqualTo(5);
    assertThat(small("a,b,c,d,e").detail()).contains("more than 4 cells");
    assertThat(small("a\n" + "x".repeat(21)).detail()).contains("more than 20 characters");
    assertThat(small("a\n\"" + "x".repeat(21) + "\"").detail()).contains("more than 20");
    assertThat(small("x".repeat(201)).detail()).contains("200 bytes");
  }

  @Test
  void formulasAreWrittenSoThatNoSpreadsheetComputesThem() throws BadCsv {
    assertThat(Csv.cell("=HYPERLINK(\"x\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\")\"");
    for (String text :
        List.of("=1+1", "+31 20 1", "-5", "@x", "'=x", "''+x", "plain", "it's", "'quoted'", "|x"))
      assertThat(read("a,b\n" + Csv.line(List.of(text, "x").stream())).rows().getFirst().cell(0))
          .isEqualTo(text);
  }

  @Test
  void headersAreUnderstoodInFriendlyWords() throws BadCsv {
    var fields = Map.of("due_date", List.of("due", "payable by"), "ref", List.<String>of());
    Csv csv = read("Due-Date,REF,,Partnr\n2026-01-02,c1,x,y");
    Columns columns = Columns.of(csv.header(), fields);
    assertThat(columns.get(csv.rows().getFirst(), "due_date")).isEqualTo("2026-01-02");
    assertThat(columns.fields()).containsExactly("due_date", "ref");
    assertThat(columns.wrong()).hasSize(1).first().extracting(Columns.Wrong::column).isEqualTo(4);
    assertThat(Columns.of(List.of("dua date", "Payable by", "due"), fields).wrong())
        .extracting(Columns.Wrong::message)
        .containsExactly(
            "There is no field “dua date”. Did you mean “due_date”?",
            "“due” is the second column for the field due_date.");
  }

  /** Whatever is written is read back as it was. */
  @Test
  void readsBackWhatItWrites() throws BadCsv {
    var random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        List<String> cells = new ArrayList<>();
        cells.add("k" + i);
        for (int j = 0; j < 3; j++) cells.add(text(random, "ab ,;\t\"'=+-@\r\nü€", 8).strip());
        rows.add(cells);
      }
      var file = new StringBuilder("a,b,c,d\r\n");
      rows.forEach(cells -> file.append(Csv.line(cells.stream())));
      assertThat(read(file.toString()).rows()).extracting(Csv.Row::cells).isEqualTo(rows);
    }
  }

  /** Any bytes at all make a table or a sentence, in time that grows with their number. */
  @Test
  void anyBytesMakeATableOrASentence() {
    var random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes =
          text(random, "a;,\t\"\r\n\0\u00ff '=", 40).getBytes(Charset.forName("windows-1252"));
      try {
        Csv csv = Csv.read(bytes, SMALL);
        assertThat(csv.rows()).hasSizeLessThanOrEqualTo(3);
      } catch (BadCsv told) {
        assertThat(told.detail()).endsWith(".");
      }
    }
    assertThatThrownBy(() -> Csv.read("\"".repeat(5_000_001).getBytes(UTF_8), Limits.USUAL))
        .isInstanceOf(BadCsv.class);
  }

  private static String text(Random random, String alphabet, int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--)
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    return text.toString();
  }

  private static BadCsv trouble(String text) {
    return catchThrowableOfType(BadCsv.class, () -> read(text));
  }

  private static BadCsv small(String text) {
    return catchThrowableOfType(BadCsv.class, () -> Csv.read(text.getBytes(UTF_8), SMALL));
  }

  private static String first(byte[] file) throws BadCsv {
    return Csv.read(file, Limits.USUAL).rows().getFirst().cell(0);
  }

  private static Csv read(String text) throws BadCsv {
    return Csv.read(text.getBytes(UTF_8), Limits.USUAL);
  }

  private static byte[] joined(byte[] a, byte[] b) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(a);
    all.writeBytes(b);
    return all.toByteArray();
  }
}

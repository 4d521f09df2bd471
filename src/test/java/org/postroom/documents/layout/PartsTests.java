package org.postroom.documents.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.EncodeHintType;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.access.Accent;
import org.postroom.documents.press.ArabicLetters;
import org.postroom.documents.press.Texts;
import org.postroom.mail.Iban;

class PartsTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en-US | EUR | 1284.5               | €1,284.50",
        "de-DE | EUR | 1284.5               | 1.284,50_€",
        "de-CH | CHF | -1284.50             | CHF-1’284.50",
        "en-US | JPY | 1200                 | ¥1,200",
        "en-US | BHD | 1.5                  | BHD_1.500",
        "en-US | USD | 99999999999999999.01 | $99,999,999,999,999,999.01",
        "en-US | USD | 0.00125              | $0.00125",
        "en-US | QQQ | 5                    | QQQ 5.00",
        "fr-FR | EUR | 1284.5               | 1_284,50_€"
      })
  void writesMoneyExactly(String locale, String currency, String amount, String written) {
    Figures figures = new Figures(Locale.forLanguageTag(locale), currency);
    assertThat(figures.money(new BigDecimal(amount))).isEqualTo(written.replace('_', '\u00a0'));
  }

  @Test
  void writesQuantitiesWithoutTrailingZeros() {
    Figures figures = new Figures(Locale.GERMANY, "EUR");
    assertThat(figures.quantity(new BigDecimal("2.500"))).isEqualTo("2,5");
    assertThat(figures.quantity(new BigDecimal("1E+3"))).isEqualTo("1.000");
    assertThat(figures.percent(new BigDecimal("19.0"))).isEqualTo("19\u00a0%");
  }

  @Test
  void doesNotWriteOutNonsense() {
    Figures figures = new Figures(Locale.US, "EUR");
    assertThat(figures.money(new BigDecimal("1E+1000000"))).hasSizeLessThan(30);
    assertThat(figures.amount(new BigDecimal("1E-1000000"))).hasSizeLessThan(30);
    assertThat(figures.quantity(new BigDecimal("1E+2147483647"))).hasSizeLessThan(30);
  }

  @Test
  void knowsGoodIbans() {
    assertThat(Iban.of("DE89 3704 0044 0532 0130 00").map(Iban::grouped))
        .contains("DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000");
    assertThat(Iban.of("no9386011117947")).isPresent();
    assertThat(Iban.of("DE89 3704 0044 0532 0130 01")).isEmpty();
    assertThat(Iban.of("DE8937040044053201300089370400440532013000")).isEmpty();
    assertThat(Iban.of(null)).isEmpty();
  }

  @Test
  void writesTheTransferOfEpc069() {
    assertThat(EpcCode.payload(transfer("1284.5", "EUR", "INV 1\nx")))
        .contains(
            "BCD\n002\n1\nSCT\nCOBADEFFXXX\nAcme\nDE89370400440532013000\nEUR1284.50\n\n\nINV 1 x");
    assertThat(EpcCode.payload(transfer("1", "EUR", "RF18 5390 0754 7034")))
        .get()
        .asString()
        .endsWith("EUR1.00\n\nRF18539007547034\n");
    assertThat(EpcCode.payload(transfer("1", "EUR", "RF19 5390 0754 7034")))
        .get()
        .asString()
        .endsWith("\n\n\nRF19 5390 0754 7034");
  }

  @Test
  void choosesTheMaskTheStandardAsksFor() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      String payload = "BCD\n" + "INV-2026 ".repeat(random.nextInt(1, 35)) + random.nextLong();
      ByteMatrix weighed =
          Encoder.encode(
                  payload, ErrorCorrectionLevel.M, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
              .getMatrix();
      assertThat(EpcCode.modules(payload)).as(payload).hasToString(weighed.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"0,EUR", "-5,EUR", "1000000000,EUR", "0.005,EUR", "1.234,EUR", "5,USD"})
  void makesNoCodeThatBanksWouldRefuse(String amount, String currency) {
    assertThat(EpcCode.payload(transfer(amount, currency, "x"))).isEmpty();
  }

  @Test
  void keepsToTheLengthsOfTheCode() {
    Optional<String> long1 = EpcCode.payload(transfer("5", "EUR", "r".repeat(500)));
    assertThat(long1.orElseThrow().lines().toList().get(10)).hasSize(140);
    assertThat(EpcCode.payload(transfer("5", "EUR", "漢".repeat(140)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#ffffff", "#ffff00", "#0f766e", "#000000", "red", "#12", "", "</style>"})
  void keepsColoursReadable(String colour) {
    Accent accent = Accent.of(colour);
    assertThat(accent.ink()).matches("#[0-9a-f]{6}");
    assertThat(Accent.contrastOnWhite(Integer.parseInt(accent.ink().substring(1), 16)))
        .isGreaterThanOrEqualTo(4.5);
  }

  @Test
  void leavesAGoodColourAlone() {
    assertThat(Accent.of("#0f766e").ink()).isEqualTo("#0f766e");
  }

  @Test
  void cleansTextForPaper() {
    assertThat(Texts.clean("a\u0000b\tc\r\nd\u202ee\ud800f\ufeff")).isEqualTo("ab c\ndef");
    assertThat(Texts.clean("cafe\u0301")).isEqualTo("café");
    assertThat(Texts.clean("Łódź – 漢字 😀")).isEqualTo("Łódź – 漢字 😀");
  }

  @Test
  void joinsArabicLetters() {
    // salam: seen initial, lam-alef final, meem isolated
    assertThat(ArabicLetters.join("سلام")).isEqualTo("\ufeb3\ufefc\ufee1");
    // bab: beh initial, alef final, beh isolated
    assertThat(ArabicLetters.join("باب")).isEqualTo("\ufe91\ufe8e\ufe8f");
    // Persian: peh initial, yeh medial, kaf final
    assertThat(ArabicLetters.join("پیک")).isEqualTo("\ufb58\ufbff\ufb8f");
    assertThat(ArabicLetters.join("abc 12")).isEqualTo("abc 12");
  }

  @Test
  void everyLanguageHasAllWords() throws Exception {
    assertThat(keys("de")).isEqualTo(keys("en"));
  }

  @Test
  void unknownLanguagesSpeakEnglish() {
    assertThat(Wording.in(Locale.of("fi")).of("kind.invoice")).isEqualTo("Invoice");
    assertThat(Wording.in(Locale.GERMANY).of("kind.invoice")).isEqualTo("Rechnung");
    assertThat(Wording.in(Locale.ROOT).language()).isEqualTo("en");
  }

  private static java.util.Set<String> keys(String language) throws Exception {
    java.util.Properties words = new java.util.Properties();
    try (var file =
        PartsTests.class.getResourceAsStream("/messages/document_" + language + ".properties")) {
      words.load(new java.io.InputStreamReader(file, java.nio.charset.StandardCharsets.UTF_8));
    }
    return words.stringPropertyNames();
  }

  private static EpcCode.Transfer transfer(String amount, String currency, String reference) {
    return new EpcCode.Transfer(
        "Acme",
        "DE89370400440532013000",
        "COBADEFFXXX",
        currency,
        new BigDecimal(amount),
        reference);
  }
}

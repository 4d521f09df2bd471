package org.postroom.documents.einvoice;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words people write for units, as codes of UN/ECE Recommendation 20 and 21 (BT-130). */
final class UnitCodes {
  /** Agreed between the two: a unit we know no code for. */
  static final String OTHER = "ZZ";

  private static final String ONE = "C62";
  private static final Map<String, String> CODES = new HashMap<>();

  static {
    code("C62", "one", "unit", "units", "x", "einheit", "einheiten");
    code("H87", "pcs", "pc", "pce", "piece", "pieces", "stk", "stück", "stueck", "st", "pz", "pza");
    code("H87", "pièce", "pièces", "pezzo", "pezzi", "pieza", "piezas", "stuk", "stuks", "peça");
    code("H87", "ea", "each", "item", "items", "nar", "nmb", "u", "ud", "uds", "un");
    code("KGM", "kg", "kilo", "kilos", "kilogram", "kilogramm");
    code("GRM", "g", "gr", "gram", "gramm");
    code("MGM", "mg");
    code("TNE", "t", "ton", "tons", "tonne", "tonnen", "tonnes");
    code("LBR", "lb", "lbs", "pound", "pounds");
    code("ONZ", "oz");
    code("STN", "ton (us)");
    code("LTR", "l", "liter", "litre", "litres", "litro", "litri", "ltr");
    code("MLT", "ml");
    code("CLT", "cl");
    code("DLT", "dl");
    code("HLT", "hl");
    code("GLL", "gal", "gallon", "gallons");
    code("MTR", "m", "meter", "metre", "metres", "mtr", "lfm");
    code("CMT", "cm");
    code("MMT", "mm");
    code("KMT", "km", "ktm");
    code("INH", "in", "inch");
    code("FOT", "ft");
    code("YRD", "yd");
    code("SMI", "mi", "mile", "miles");
    code("MTK", "m²", "m2", "qm");
    code("CMK", "cm²", "cm2");
    code("FTK", "ft²", "ft2", "sqft");
    code("MTQ", "m³", "m3", "cbm");
    code("FTQ", "ft³", "ft3");
    code("HUR", "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "uur", "heure");
    code("HUR", "heures", "ora", "ore", "hora", "horas");
    code("MIN", "min", "minute", "minutes", "minuten");
    code("SEC", "s", "sec");
    code("DAY", "day", "days", "tag", "tage", "dag", "dagen", "jour", "jours", "día", "días");
    code("WEE", "week", "weeks", "woche", "wochen");
    code("MON", "month", "months", "monat", "monate", "maand", "mois", "mes", "meses", "mese");
    code("QAN", "quarter", "quarters", "quartal");
    code("ANN", "year", "years", "jahr", "jahre", "jaar", "an", "ans", "año", "anno");
    code("KWH", "kwh");
    code("MWH", "mwh");
    code("KWT", "kw");
    code("P1", "%");
    code("SET", "set", "sets", "satz");
    code("PR", "pair", "pairs", "paar", "npr");
    code("DZN", "dozen", "dutzend");
    code("XBX", "box", "boxes", "bx");
    code("XCT", "carton", "cartons", "karton", "kartons", "ct", "ctn", "doos");
    code("XCS", "case", "cases", "cs", "kiste", "kisten");
    code("XPK", "pack", "packs", "pk", "packung", "paket", "pakete", "nmp");
    code("XPX", "pallet", "pallets", "palette", "paletten", "pf", "px");
    code("XBG", "bag", "bags", "bg", "sack", "säcke", "beutel");
    code("XBO", "bottle", "bottles", "bo", "flasche", "flaschen");
    code("XCA", "can", "cans", "ca", "dose", "dosen");
    code("XRO", "roll", "rolls", "ro", "rol", "rolle", "rollen");
    code("XST", "sheet", "sheets", "blatt");
    code("LS", "lump sum", "pauschal", "pauschale", "psch", "forfait");
    code("E48", "service unit", "service");
    code("ACT", "activity", "activities");
    code(OTHER, "zz");
  }

  private UnitCodes() {}

  /** One where nothing is said, {@link #OTHER} for a word we have no code for. */
  static String of(@Nullable String unit) {
    if (unit == null || unit.isBlank()) return ONE;
    String word = unit.strip().toLowerCase(Locale.ROOT);
    String code = CODES.get(word.endsWith(".") ? word.substring(0, word.length() - 1) : word);
    return code == null ? OTHER : code;
  }

  private static void code(String code, String... words) {
    CODES.put(code.toLowerCase(Locale.ROOT), code);
    for (String word : words) CODES.put(word, code);
  }
}

package org.postroom.documents.ubl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units of UN/ECE Recommendation 20 and packages of Recommendation 21, as people write them. */
final class Units {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("C62", "pcs"),
          Map.entry("EA", "pcs"),
          Map.entry("H87", "pcs"),
          Map.entry("PCE", "pcs"),
          Map.entry("PCB", "pcs"),
          Map.entry("NAR", "pcs"),
          Map.entry("NMB", "pcs"),
          Map.entry("XPP", "pcs"),
          Map.entry("KGM", "kg"),
          Map.entry("GRM", "g"),
          Map.entry("MGM", "mg"),
          Map.entry("TNE", "t"),
          Map.entry("LBR", "lb"),
          Map.entry("ONZ", "oz"),
          Map.entry("STN", "ton (US)"),
          Map.entry("LTR", "l"),
          Map.entry("MLT", "ml"),
          Map.entry("CLT", "cl"),
          Map.entry("DLT", "dl"),
          Map.entry("HLT", "hl"),
          Map.entry("GLL", "gal"),
          Map.entry("MTR", "m"),
          Map.entry("CMT", "cm"),
          Map.entry("MMT", "mm"),
          Map.entry("KMT", "km"),
          Map.entry("KTM", "km"),
          Map.entry("INH", "in"),
          Map.entry("FOT", "ft"),
          Map.entry("YRD", "yd"),
          Map.entry("SMI", "mi"),
          Map.entry("MTK", "m²"),
          Map.entry("CMK", "cm²"),
          Map.entry("FTK", "ft²"),
          Map.entry("MTQ", "m³"),
          Map.entry("FTQ", "ft³"),
          Map.entry("HUR", "h"),
          Map.entry("MIN", "min"),
          Map.entry("SEC", "s"),
          Map.entry("DAY", "days"),
          Map.entry("WEE", "weeks"),
          Map.entry("MON", "months"),
          Map.entry("QAN", "quarters"),
          Map.entry("ANN", "years"),
          Map.entry("KWH", "kWh"),
          Map.entry("MWH", "MWh"),
          Map.entry("KWT", "kW"),
          Map.entry("P1", "%"),
          Map.entry("SET", "sets"),
          Map.entry("PR", "pairs"),
          Map.entry("NPR", "pairs"),
          Map.entry("DZN", "dozen"),
          Map.entry("BX", "boxes"),
          Map.entry("XBX", "boxes"),
          Map.entry("CT", "cartons"),
          Map.entry("XCT", "cartons"),
          Map.entry("CS", "cases"),
          Map.entry("XCS", "cases"),
          Map.entry("PK", "packs"),
          Map.entry("XPK", "packs"),
          Map.entry("NMP", "packs"),
          Map.entry("PF", "pallets"),
          Map.entry("XPX", "pallets"),
          Map.entry("PX", "pallets"),
          Map.entry("BG", "bags"),
          Map.entry("XBG", "bags"),
          Map.entry("BO", "bottles"),
          Map.entry("XBO", "bottles"),
          Map.entry("CA", "cans"),
          Map.entry("XCA", "cans"),
          Map.entry("RO", "rolls"),
          Map.entry("XRO", "rolls"),
          Map.entry("ROL", "rolls"),
          Map.entry("ST", "sheets"),
          Map.entry("LS", "lump sum"),
          Map.entry("E48", "units"),
          Map.entry("ACT", "activities"),
          Map.entry("ZZ", ""));

  private Units() {}

  /** The word, the code itself where there is none, null where nothing is to be printed. */
  static @Nullable String word(@Nullable String code) {
    if (code == null) return null;
    String word = WORDS.getOrDefault(code.strip(), code.strip());
    boolean printable =
        !word.isEmpty() && word.length() <= 50 && word.chars().allMatch(c -> c >= 32);
    return printable ? word : null;
  }
}

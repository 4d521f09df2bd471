package org.postroom.access;

import java.util.Locale;

/**
 * The company's colour, made fit to read: text in it keeps the contrast WCAG asks for on white (4.5
 * : 1); a colour that is too light is darkened, one that is no colour becomes slate.
 */
public record Accent(String ink, String tint) {
  private static final String SLATE = "#1f2a37";
  private static final double READABLE = 4.5;

  public static Accent of(String colour) {
    String hex = colour.matches("#[0-9a-fA-F]{6}") ? colour : SLATE;
    int rgb = Integer.parseInt(hex.substring(1), 16);
    int ink = rgb;
    while (contrastOnWhite(ink) < READABLE) ink = mix(ink, 0x000000, 0.06);
    return new Accent(written(ink), written(mix(0xffffff, ink, 0.07)));
  }

  /** Contrast of an RGB colour to white, 1 to 21 (WCAG 2.2). */
  public static double contrastOnWhite(int rgb) {
    double luminance =
        0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    return 1.05 / (luminance + 0.05);
  }

  private static double linear(int channel) {
    double value = (channel & 0xff) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static int mix(int from, int to, double share) {
    return channel(from >> 16, to >> 16, share) << 16
        | channel(from >> 8, to >> 8, share) << 8
        | channel(from, to, share);
  }

  private static int channel(int from, int to, double share) {
    return (int) ((from & 0xff) * (1 - share) + (to & 0xff) * share);
  }

  private static String written(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}

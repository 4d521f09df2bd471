package org.postroom.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Public holidays by country and region, as the library Jollyday knows them. */
final class Holidays {
  private static final Map<Place, SortedMap<LocalDate, String>> YEARS = new ConcurrentHashMap<>();

  private Holidays() {}

  private record Place(String country, @Nullable String region, int year) {}

  /** ISO 3166-1 alpha-2 codes of the countries whose holidays are known. */
  static boolean knows(String country) {
    return country.matches("[A-Z]{2}")
        && HolidayManager.getSupportedCalendarCodes().contains(country);
  }

  /** Codes of a country's regions and their names, by name; parts of a region as {@code ma-sc}. */
  static Map<String, String> regions(String country) {
    if (!knows(country)) return Map.of();
    Map<String, String> regions = new LinkedHashMap<>();
    collect(manager(country).getCalendarHierarchy(), "", "", regions);
    return regions;
  }

  /** The holidays of a year by date, with those next year's are kept on in this one. */
  static SortedMap<LocalDate, String> in(String country, @Nullable String region, int year) {
    if (!knows(country)) return new TreeMap<>();
    return YEARS.computeIfAbsent(new Place(country, region, year), Holidays::read);
  }

  private static SortedMap<LocalDate, String> read(Place place) {
    SortedMap<LocalDate, String> days = new TreeMap<>();
    for (int year = place.year(); year <= place.year() + 1; year++)
      for (Holiday holiday : manager(place.country()).getHolidays(Year.of(year), path(place)))
        if (holiday.getType() != HolidayType.OBSERVANCE) add(days, holiday);
    LocalDate first = LocalDate.of(place.year(), 1, 1);
    return days.subMap(first, first.plusYears(1));
  }

  /** A holiday moved to a weekday is free on both days: some companies work on Saturdays. */
  private static void add(SortedMap<LocalDate, String> days, Holiday holiday) {
    String name = holiday.getDescription(Locale.ENGLISH);
    days.putIfAbsent(holiday.getActualDate(), name);
    days.putIfAbsent(holiday.getDate(), name);
  }

  private static String[] path(Place place) {
    return place.region() == null ? new String[0] : place.region().split("-");
  }

  private static HolidayManager manager(String country) {
    return HolidayManager.getInstance(
        ManagerParameters.create(country.toLowerCase(Locale.ROOT), null));
  }

  private static void collect(
      CalendarHierarchy place, String code, String name, Map<String, String> into) {
    List<CalendarHierarchy> children =
        place.getChildren().values().stream()
            .sorted(Comparator.comparing(child -> child.getDescription(Locale.ENGLISH)))
            .toList();
    for (CalendarHierarchy child : children) {
      String childCode = code.isEmpty() ? child.getId() : code + "-" + child.getId();
      String words = child.getDescription(Locale.ENGLISH);
      String childName = name.isEmpty() ? words : name + ", " + words;
      into.put(childCode, childName);
      collect(child, childCode, childName, into);
    }
  }
}

package org.postroom.calendar;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A day on which a company works although it is a holiday or one of its free days. */
public record WorkingDay(LocalDate day, @Nullable String name) {}

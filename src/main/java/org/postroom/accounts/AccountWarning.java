package org.postroom.accounts;

import java.time.LocalDate;

/**
 * Something about an account that works today and will not for ever.
 *
 * @param id stable, with what makes it another warning: {@code secret-ends:2027-03-31}
 * @param urgent whether administrators are told by mail, once
 * @param headline few words, for the list
 * @param text what it means and what to do
 * @param date on which it happens
 */
public record AccountWarning(
    String id, boolean urgent, String headline, String text, LocalDate date) {}

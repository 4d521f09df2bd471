package org.postroom.accounts;

/** The account may send more or less than before. Published after the commit. */
public record AccountLimitsChanged(String company, String accountId) {}

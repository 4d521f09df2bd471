package org.postroom.accounts;

/** Somebody changed the account; its limits may be others. Published after the commit. */
public record AccountChanged(String company, String accountId) {}

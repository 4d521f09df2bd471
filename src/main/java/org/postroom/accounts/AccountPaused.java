package org.postroom.accounts;

/** An account cannot send for now; published once, after the state is on disk. */
public record AccountPaused(String company, String accountId, String reason) {}

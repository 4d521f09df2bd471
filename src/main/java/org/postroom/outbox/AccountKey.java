package org.postroom.outbox;

/** An account of a company, as the outbox knows it: only by its id. */
public record AccountKey(String company, String account) {}

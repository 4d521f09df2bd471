package org.postroom.accounts;

/** The account that sends, and why: "Chosen in the request", "Default account of the company". */
public record Chosen(Account account, String reason) {}

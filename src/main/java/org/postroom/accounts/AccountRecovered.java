package org.postroom.accounts;

/** An account can send again; published after the state is on disk. */
public record AccountRecovered(String company, String accountId) {}

package org.postroom.outbox;

/** A message came into a new state; published after that is durable. */
public record MessageSettled(String company, String message, MessageState state) {}

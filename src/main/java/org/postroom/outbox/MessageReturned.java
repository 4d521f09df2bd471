package org.postroom.outbox;

/**
 * Something came back about one recipient of a message that had been sent; published after that is
 * durable.
 *
 * @param news BOUNCED, DELIVERED or COMPLAINED
 */
public record MessageReturned(String company, String message, String address, Returns.News news) {}

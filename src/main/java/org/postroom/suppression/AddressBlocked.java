package org.postroom.suppression;

/** An address came onto the list of those not written to; published after that is durable. */
public record AddressBlocked(String company, String address, Suppression.Cause cause) {}

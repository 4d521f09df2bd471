package org.postroom.automations;

import java.time.Instant;

/** A business event was handled on this node; published when its outcomes are durable. */
public record EventHandled(String company, String event, Instant began) {}

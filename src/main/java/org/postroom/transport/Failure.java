package org.postroom.transport;

/** Why it did not go: a named kind, where the talk stopped, whom it concerns, what was said. */
public record Failure(FailureKind kind, Stage stage, Scope scope, Reply reply) {}

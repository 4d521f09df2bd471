package org.postroom.demo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in two sentences instead of a page of exceptions. */
final class NotADemoAnalyzer extends AbstractFailureAnalyzer<NotADemo> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NotADemo cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Start without “demo”, or give the demo a data folder of its own: POSTROOM_HOME=/some/where bin/postroom demo",
        cause);
  }
}

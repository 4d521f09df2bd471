package org.postroom.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Chromium} parameter: {@code @ExtendWith(WithChromium.class)}. One per thread
 * serves all classes, since starting takes seconds; it is closed after the last test. Without a
 * Chromium on the machine the tests are skipped, and say so.
 */
public final class WithChromium implements ParameterResolver, ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(WithChromium.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ChromiumProgram.find().isPresent()
        ? ConditionEvaluationResult.enabled("Chromium is there.")
        : ConditionEvaluationResult.disabled(ChromiumProgram.MISSING);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Chromium resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // Closed with the root's store, which JUnit does on the thread that ran the tests.
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            Thread.currentThread().threadId(), thread -> Chromium.start(), Chromium.class);
  }
}

package org.postroom.statements;

import org.jspecify.annotations.Nullable;
import org.postroom.compose.Composition;
import org.postroom.statements.StatementRun.LineState;

/** What became of one customer of a run: a composed message, or a reason why not. */
record Made(
    String partner,
    LineState state,
    String balances,
    @Nullable String code,
    @Nullable String reason,
    @Nullable String document,
    @Nullable Composition composition) {

  static Made mail(String partner, String balances, String document, Composition composition) {
    return new Made(partner, LineState.SENT, balances, null, null, document, composition);
  }

  static Made skipped(String partner, String balances, Verdict verdict) {
    return new Made(
        partner, LineState.SKIPPED, balances, verdict.code(), verdict.reason(), null, null);
  }

  static Made failed(String partner, String balances, String code, String reason) {
    return new Made(partner, LineState.FAILED, balances, code, reason, null, null);
  }
}

package org.postroom.db;

import java.util.ArrayList;
import java.util.List;

/** What is open on this thread: its statements and what to do once it is durable. */
final class Transaction {
  private final Sql sql;
  private final boolean writes;
  private final List<Runnable> afterCommit = new ArrayList<>();

  Transaction(Sql sql, boolean writes) {
    this.sql = sql;
    this.writes = writes;
  }

  Sql sql() {
    return sql;
  }

  boolean writes() {
    return writes;
  }

  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}

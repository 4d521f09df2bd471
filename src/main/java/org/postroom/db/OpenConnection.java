package org.postroom.db;

import java.sql.Connection;
import java.util.function.Supplier;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SmartDataSource;

/** Gives Spring the connection of the transaction that is open now; it is not Spring's to close. */
final class OpenConnection extends AbstractDataSource implements SmartDataSource {
  private final Supplier<Connection> current;

  OpenConnection(Supplier<Connection> current) {
    this.current = current;
  }

  @Override
  public Connection getConnection() {
    return current.get();
  }

  @Override
  public Connection getConnection(String username, String password) {
    throw new UnsupportedOperationException("The connection is open already.");
  }

  @Override
  public boolean shouldClose(Connection connection) {
    return false;
  }
}

package org.postroom.db;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps its prepared statements: SQLite's driver compiles each anew, which takes
 * about as long as running a small one. For one thread at a time. A statement that is open already
 * when the same text comes again gets a twin that is not kept.
 */
final class KeptStatements implements InvocationHandler {
  private static final int MOST = 500;

  private final Connection connection;
  private final Map<String, PreparedStatement> idle =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparedStatement> eldest) {
          if (size() <= MOST) return false;
          closeQuietly(eldest.getValue());
          return true;
        }
      };

  private KeptStatements(Connection connection) {
    this.connection = connection;
  }

  static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            KeptStatements.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new KeptStatements(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean prepares = method.getName().equals("prepareStatement");
    if (prepares && arguments != null && arguments.length == 1)
      return prepared((String) arguments[0]);
    if (method.getName().equals("close")) {
      idle.values().forEach(KeptStatements::closeQuietly);
      idle.clear();
    }
    return call(connection, method, arguments);
  }

  private PreparedStatement prepared(String text) throws SQLException {
    PreparedStatement kept = idle.remove(text);
    PreparedStatement statement = kept == null ? connection.prepareStatement(text) : kept;
    return (PreparedStatement)
        Proxy.newProxyInstance(
            KeptStatements.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("close")) return call(statement, method, arguments);
              giveBack(text, statement);
              return null;
            });
  }

  /** Its parameters would keep what was last written alive, a whole message perhaps. */
  private void giveBack(String text, PreparedStatement statement) throws SQLException {
    statement.clearParameters();
    PreparedStatement twin = idle.put(text, statement);
    if (twin != null && twin != statement) twin.close();
  }

  private static void closeQuietly(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException atItsEnd) {
      // Nothing is written by closing.
    }
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }
}

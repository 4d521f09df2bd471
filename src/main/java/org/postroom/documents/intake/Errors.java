package org.postroom.documents.intake;

import java.util.ArrayList;
import java.util.List;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/** All that is wrong with one body, told at once; the first hundred are enough for anybody. */
public final class Errors {
  private static final int MOST = 100;
  private final List<FieldError> all = new ArrayList<>();

  public void add(String pointer, String code, String message) {
    if (all.size() < MOST) all.add(new FieldError(pointer, code, message));
  }

  /** Whether further errors would be dropped. */
  public boolean full() {
    return all.size() >= MOST;
  }

  /** 422 with everything noted so far; nothing where nothing was. */
  public void throwIfAny() {
    if (!all.isEmpty()) throw Problem.invalid(all);
  }
}

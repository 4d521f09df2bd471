package org.postroom.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be served, as RFC 9457 tells it. Thrown by capabilities and doors alike;
 * the API answers it as {@code application/problem+json}, pages show {@code detail} and the errors
 * beside their fields.
 */
public final class Problem extends RuntimeException {
  private final int status;
  private final String code;
  private final String detail;
  private final List<FieldError> errors;

  private Problem(int status, String code, String detail, List<FieldError> errors) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = List.copyOf(errors);
  }

  /**
   * One thing wrong with one field.
   *
   * @param pointer JSON Pointer (RFC 6901) into the body, such as {@code /lines/0/amount}; for XML
   *     an XPath-like place; for a parameter its name
   * @param code stable word for programs, such as {@code required}
   * @param message plain sentence for people
   */
  public record FieldError(String pointer, String code, String message) {}

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, List.of());
  }

  /** 422 with every field that is wrong. */
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().message()
            : errors.size() + " fields need a correction.";
    return new Problem(422, "invalid", detail, errors);
  }

  /** 422 for one field. */
  public static Problem invalid(String pointer, String code, String message) {
    return invalid(List.of(new FieldError(pointer, code, message)));
  }

  /** 400: the body could not be read at all. */
  public static Problem unreadable(String detail, List<FieldError> errors) {
    return new Problem(400, "unreadable", detail, errors);
  }

  public static Problem notFound(String what) {
    return of(404, "not_found", what + " does not exist.");
  }

  public static Problem conflict(String code, String detail) {
    return of(409, code, detail);
  }

  public static Problem forbidden(String detail) {
    return of(403, "forbidden", detail);
  }

  /** The same for a body that stood inside another: pointers begin with where it stood. */
  public Problem within(String pointer) {
    List<FieldError> inside =
        errors.stream()
            .map(each -> new FieldError(pointer + each.pointer(), each.code(), each.message()))
            .toList();
    return new Problem(status, code, detail, inside);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  public List<FieldError> errors() {
    return errors;
  }

  /** The message for a field, if that field is wrong. */
  public @Nullable String errorAt(String pointer) {
    return errors.stream()
        .filter(error -> error.pointer().equals(pointer))
        .map(FieldError::message)
        .findFirst()
        .orElse(null);
  }
}

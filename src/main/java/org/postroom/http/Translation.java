package org.postroom.http;

import java.util.Arrays;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.postroom.db.DatabaseAway;
import org.postroom.http.Problem.FieldError;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import tools.jackson.core.JacksonException;

/** Puts what Spring, Jackson and the container throw into our words. Internals stay inside. */
public final class Translation {
  private Translation() {}

  /** 500 for whatever is our own fault. */
  public static Problem of(Throwable failure) {
    Problem ours = cause(failure, Problem.class);
    if (ours != null) return ours;
    DatabaseAway away = cause(failure, DatabaseAway.class);
    if (away != null) return away(away);
    return switch (failure) {
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case RequestRejectedException _ -> of(400);
      case InvalidParameterException _ -> of(400);
      case MaxUploadSizeExceededException _ -> of(413);
      case MultipartException _ ->
          Problem.unreadable(
              "The upload could not be read: its parts are damaged or cut off.", List.of());
      case MissingServletRequestParameterException missing ->
          parameter(missing.getParameterName(), "required", "is missing");
      case MissingServletRequestPartException missing ->
          parameter(missing.getRequestPartName(), "required", "is missing");
      case MissingRequestHeaderException missing ->
          parameter(missing.getHeaderName(), "required", "is missing");
      case MethodArgumentTypeMismatchException mismatch ->
          parameter(
              mismatch.getName(), "wrong_type", "must be " + expected(mismatch.getRequiredType()));
      case HttpRequestMethodNotSupportedException method ->
          Problem.of(
              405,
              "method_not_allowed",
              method.getMethod() + " is not possible here." + allowed(method));
      case HttpMediaTypeNotSupportedException media ->
          Problem.of(
              415,
              "unsupported_media_type",
              "The content type "
                  + (media.getContentType() == null ? "(none)" : media.getContentType())
                  + " is not taken here. Use one of: "
                  + media.getSupportedMediaTypes());
      case ErrorResponse known -> of(known.getStatusCode().value());
      default -> of(500);
    };
  }

  private static Problem away(DatabaseAway away) {
    return Problem.of(
        503,
        "unavailable",
        away.getMessage() + " Send the request again in a moment, with the same Idempotency-Key.");
  }

  /** The sentence for a bare status. */
  static Problem of(int status) {
    return switch (status) {
      case 400 -> Problem.of(400, "bad_request", "The request could not be understood.");
      case 401 -> Problem.of(401, "unauthenticated", "Sign in, or send an API key.");
      case 403 -> Problem.of(403, "forbidden", "This is not allowed.");
      case 404 -> Problem.of(404, "not_found", "There is nothing at this address.");
      case 405 -> Problem.of(405, "method_not_allowed", "This method is not possible here.");
      case 406 ->
          Problem.of(406, "not_acceptable", "None of the accepted content types can be made here.");
      case 413 -> BoundedBodyFilter.tooLarge();
      case 415 -> Problem.of(415, "unsupported_media_type", "This content type is not taken here.");
      case 429 -> Problem.of(429, "too_many_requests", "Too many requests. Try again in a moment.");
      case 503 -> Problem.of(503, "unavailable", "Not available right now. Try again in a moment.");
      default ->
          status >= 400 && status < 500
              ? Problem.of(status, "bad_request", "The request could not be understood.")
              : Problem.of(
                  500,
                  "internal",
                  "Something went wrong on our side. The log has the details under the request id.");
    };
  }

  private static Problem unreadable(HttpMessageNotReadableException failure) {
    JacksonException json = cause(failure, JacksonException.class);
    if (json != null) return UnreadableJson.of(json);
    return Problem.unreadable("A body is needed and was missing or could not be read.", List.of());
  }

  private static Problem parameter(String name, String code, String what) {
    String message = name + " " + what + ".";
    return Problem.unreadable(message, List.of(new FieldError(name, code, message)));
  }

  private static String allowed(HttpRequestMethodNotSupportedException method) {
    String[] supported = method.getSupportedMethods();
    return supported == null ? "" : " Possible: " + String.join(", ", supported) + ".";
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) return "of another type";
    if (type.isEnum())
      return "one of "
          + Arrays.toString(type.getEnumConstants()).toLowerCase(java.util.Locale.ROOT);
    if (type == boolean.class || type == Boolean.class) return "true or false";
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) return "a number";
    if (java.time.temporal.Temporal.class.isAssignableFrom(type))
      return "a date or time as in RFC 3339";
    return "of another type";
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause())
      if (type.isInstance(at)) return type.cast(at);
    return null;
  }
}

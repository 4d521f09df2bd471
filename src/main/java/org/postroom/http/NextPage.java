package org.postroom.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Every list that goes on names its next page: {@code Link: <…>; rel="next"} (RFC 8288). */
@ControllerAdvice
class NextPage implements ResponseBodyAdvice<Object> {

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body instanceof Slice<?> slice && slice.nextCursor() != null)
      response
          .getHeaders()
          .add(
              HttpHeaders.LINK,
              "<" + next(request.getURI(), slice.nextCursor()) + ">; rel=\"next\"");
    return body;
  }

  /** The same address with another cursor; what was encoded stays so. */
  private static String next(URI asked, String cursor) {
    String query = asked.getRawQuery();
    String others =
        query == null
            ? ""
            : Arrays.stream(query.split("&"))
                .filter(part -> !part.isEmpty() && !part.startsWith("cursor="))
                .map(part -> part + "&")
                .collect(Collectors.joining());
    return asked.getRawPath()
        + "?"
        + others
        + "cursor="
        + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }
}

package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers their {@code Caller}: the key of a program, or the person who signed in. */
@Component
class Callers implements HandlerMethodArgumentResolver {
  private static final String CALLER = "postroom.caller";
  private final Access access;

  Callers(Access access) {
    this.access = access;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer view,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binder) {
    HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
    if (servlet == null) throw new IllegalStateException("Not a servlet request.");
    return of(servlet)
        .orElseThrow(() -> Problem.of(401, "unauthenticated", "Sign in, or send an API key."));
  }

  /** Looked up once a request, so that a right taken away counts from the next request on. */
  Optional<Caller> of(HttpServletRequest request) {
    if (request.getAttribute(CALLER) instanceof Caller known) return Optional.of(known);
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    Optional<Caller> found =
        switch (authentication == null ? null : authentication.getPrincipal()) {
          case Caller key -> Optional.of(key);
          case SignedIn person -> access.caller(person.person(), person.company());
          case null, default -> Optional.empty();
        };
    found.ifPresent(caller -> request.setAttribute(CALLER, caller));
    return found;
  }
}

package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import org.postroom.http.Problem;
import org.postroom.http.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/** Who gets in where: keys for programs, sessions for people, and what everybody may see. */
@Configuration(proxyBeanMethods = false)
class Security {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; frame-src 'self'";
  private static final String[] FOR_EVERYBODY = {
    "/static/**",
    "/sign-in",
    "/sign-in/openid",
    "/sign-in/openid/callback",
    "/forgot-password",
    "/new-password/*",
    "/new-address/*",
    "/invitation/*",
    "/setup",
    "/setup/**",
    "/healthz",
    "/readyz",
    "/developers",
    "/problems/**",
    "/files/*",
    "/files/*/*",
    "/pay/**",
    "/approve/**",
    "/hooks/**",
    "/error",
    "/favicon.ico"
  };

  /**
   * Numbers and refs of ERPs stand in addresses, with slashes and percent signs in them, encoded.
   * They stay within their segment here and in Spring MVC, so no rule on paths can be avoided.
   */
  @Bean
  HttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowUrlEncodedPercent(true);
    return firewall;
  }

  @Bean
  @Order(1)
  SecurityFilterChain programs(
      HttpSecurity http, ApiKeys keys, Access access, ProblemWriter problems) {
    return http.securityMatcher("/api/**", "/metrics")
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable()) // no cookie counts here, so no other site can use one
        .headers(headers ->
            headers.contentSecurityPolicy(
                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
        .addFilterBefore(new KeyFilter(keys), UsernamePasswordAuthenticationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers("/api/v1/openapi.json")
                .permitAll()
                .requestMatchers("/metrics")
                .access((who, where) ->
                    new AuthorizationDecision(
                        isHere(where.getRequest())
                            || who.get().getPrincipal() instanceof Caller && isOneCompanys(access)))
                .anyRequest()
                .authenticated())
        .exceptionHandling(failures ->
            failures
                .authenticationEntryPoint(askForKey(problems))
                .accessDeniedHandler(refuse(problems)))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain people(
      HttpSecurity http, PasswordSignIn signIn, KeptSessions sessions, FormTokens tokens) {
    return http.authenticationProvider(signIn)
        // All that a browser's next request needs is in the database or in its cookies.
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .securityContext(context -> context.securityContextRepository(sessions))
        .requestCache(cache -> cache.requestCache(pagesAskedFor()))
        // Whoever has such an address may use it; no cookie counts there, so no other site can.
        .csrf(csrf ->
            csrf.csrfTokenRepository(tokens)
                .ignoringRequestMatchers("/pay/**", "/approve/**", "/hooks/**"))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .httpStrictTransportSecurity(hsts -> hsts.requestMatcher(sessions::secure))
                .frameOptions(frames -> frames.deny())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers(FOR_EVERYBODY)
                .permitAll()
                .requestMatchers(Security::isApproval)
                .permitAll()
                .anyRequest()
                .authenticated())
        .formLogin(form ->
            form.loginPage("/sign-in")
                .usernameParameter("email")
                .defaultSuccessUrl("/")
                .failureHandler((request, response, failure) ->
                    response.sendRedirect(
                        failure instanceof LockedException
                            ? "/sign-in?locked"
                            : "/sign-in?failed")))
        .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out"))
        .build();
  }

  /** An administrator of the organisation comes back from Microsoft, perhaps a stranger to us. */
  private static boolean isApproval(HttpServletRequest request) {
    return request.getRequestURI().equals(request.getContextPath() + "/oauth/callback")
        && request.getParameter("admin_consent") != null;
  }

  /** Where to go on after signing in; a form that was sent cannot be sent again. */
  static CookieRequestCache pagesAskedFor() {
    var cache = new CookieRequestCache();
    cache.setRequestMatcher(request ->
        request.getMethod().equals("GET")
            && request.getHeader("HX-Request") == null
            && !String.valueOf(request.getHeader("Accept")).contains("text/event-stream"));
    return cache;
  }

  /** Metrics name accounts of every company: one company's key must not open another's. */
  private static boolean isOneCompanys(Access access) {
    return access.companies().size() == 1;
  }

  /** From this machine itself and not passed on by a proxy. */
  private static boolean isHere(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    boolean loopback =
        address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    return loopback
        && request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Forwarded") == null;
  }

  private static AuthenticationEntryPoint askForKey(ProblemWriter problems) {
    return (request, response, failure) -> {
      boolean given = request.getHeader("Authorization") != null;
      response.setHeader(
          "WWW-Authenticate",
          given
              ? "Bearer realm=\"Postroom\", error=\"invalid_token\""
              : "Bearer realm=\"Postroom\"");
      problems.write(given ? unknownKey() : noKey(), request, response);
    };
  }

  private static AccessDeniedHandler refuse(ProblemWriter problems) {
    return (request, response, failure) ->
        problems.write(Problem.forbidden("This key may not do that."), request, response);
  }

  private static Problem noKey() {
    return Problem.of(401, "unauthenticated", "Send an API key: Authorization: Bearer pr_live_….");
  }

  private static Problem unknownKey() {
    return Problem.of(
        401,
        "unknown_key",
        "This API key is not known, was withdrawn, or may not be used from this address.");
  }
}

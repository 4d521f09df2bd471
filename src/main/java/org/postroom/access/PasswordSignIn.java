package org.postroom.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Lets {@link Access} judge what the sign-in page sends. */
@Component
class PasswordSignIn implements AuthenticationProvider {
  private final Access access;

  PasswordSignIn(Access access) {
    this.access = access;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    try {
      Caller caller =
          access.signIn(text(given.getPrincipal()), text(given.getCredentials()), address(given));
      return UsernamePasswordAuthenticationToken.authenticated(
          new SignedIn(caller.id(), caller.company()), null, List.of());
    } catch (Problem refused) {
      if (refused.status() == 429) throw new LockedException(refused.detail());
      throw new BadCredentialsException(refused.detail());
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return authentication == UsernamePasswordAuthenticationToken.class;
  }

  private static String address(Authentication given) {
    return given.getDetails() instanceof WebAuthenticationDetails details
        ? details.getRemoteAddress()
        : "unknown";
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}

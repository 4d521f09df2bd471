package org.postroom.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
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
  private final boolean off;

  PasswordSignIn(Access access, Settings settings) {
    this.access = access;
    this.off = off(settings);
  }

  /** Whether people sign in with their provider only. */
  static boolean off(Settings settings) {
    return settings.get(Name.POSTROOM_OPENID_ISSUER).isPresent()
        && settings.get(Name.POSTROOM_OPENID_ONLY).filter("yes"::equalsIgnoreCase).isPresent();
  }

  @Override
  public Authentication authenticate(Authentication given) {
    if (off) throw new BadCredentialsException("Passwords are not used here.");
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

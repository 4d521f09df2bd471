package org.postroom.openid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Identities;
import org.postroom.access.OtherSignIn;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.postroom.net.Web;
import tools.jackson.databind.JsonNode;

/**
 * Signing in with an OpenID provider (OpenID Connect Core 1.0, authorization code flow, with PKCE,
 * RFC 7636). What a sign-in under way needs lies in a cookie of the browser that began it: no other
 * browser can finish it, every node can, and strangers fill no table.
 */
public final class OpenId implements OtherSignIn {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration SKEW = Duration.ofMinutes(2);
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private final Provider provider;
  private final Identities identities;
  private final InstantSource clock;
  private final Settings settings;

  OpenId(Web web, Database database, Settings settings, Identities identities) {
    this.clock = database::now;
    this.settings = settings;
    this.identities = identities;
    String issuer = settings.get(Name.POSTROOM_OPENID_ISSUER).orElseThrow();
    if (!Provider.isPrivate(URI.create(issuer)))
      throw new IllegalStateException("POSTROOM_OPENID_ISSUER must begin with https://.");
    String client =
        settings
            .get(Name.POSTROOM_OPENID_CLIENT_ID)
            .orElseThrow(() ->
                new IllegalStateException(
                    "POSTROOM_OPENID_ISSUER is set, so POSTROOM_OPENID_CLIENT_ID is needed."));
    String secret = settings.get(Name.POSTROOM_OPENID_CLIENT_SECRET).orElse(null);
    this.provider = new Provider(web, clock, issuer, client, secret);
  }

  /**
   * A sign-in that began.
   *
   * @param leave where the browser goes now
   * @param kept what it must bring back in a cookie
   */
  public record Begun(URI leave, String kept) {}

  /** What the browser brings from the provider; nulls where it does not. */
  public record Back(
      @Nullable String state,
      @Nullable String code,
      @Nullable String error,
      @Nullable String iss) {}

  @Override
  public String path() {
    return "/sign-in/openid";
  }

  @Override
  public String name() {
    return settings.get(Name.POSTROOM_OPENID_NAME).orElse("your organisation");
  }

  /**
   * @param here how the browser knows us, where the settings do not say it
   * @throws ProviderAway where the provider does not answer
   */
  public Begun begin(String here) {
    String state = random();
    String nonce = random();
    String verifier = random();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", provider.client());
    query.put("redirect_uri", redirect(here));
    query.put("scope", "openid email profile");
    query.put("state", state);
    query.put("nonce", nonce);
    query.put("code_challenge", sha256(verifier));
    query.put("code_challenge_method", "S256");
    String at = provider.authorization().toString();
    String leave = at + (at.contains("?") ? "&" : "?") + Provider.form(query);
    return new Begun(URI.create(leave), state + "." + nonce + "." + verifier);
  }

  /**
   * Who came back.
   *
   * @param kept the cookie, null where the browser has none
   * @return the person's id; empty where the provider refused them
   * @throws BadAnswer where this is not the answer to what this browser began
   * @throws ProviderAway where the provider does not answer
   * @throws org.postroom.http.Problem 403 where nobody knows or invited them
   */
  public Optional<String> finish(Back back, @Nullable String kept, String here) {
    String[] begun = kept == null ? new String[0] : kept.split("\\.", -1);
    if (begun.length != 3 || !equal(begun[0], back.state()))
      throw new BadAnswer("This browser did not begin that.");
    boolean named = back.iss() != null || provider.namesItself();
    if (named && !provider.issuer().equals(back.iss()))
      throw new BadAnswer("Another provider answers.");
    if (back.error() != null) return Optional.empty();
    if (back.code() == null || back.code().length() > 4096)
      throw new BadAnswer("There is no code.");
    String token = provider.idToken(back.code(), begun[2], redirect(here));
    JsonNode claims = SignedToken.claims(token, provider::key);
    check(claims, begun[1]);
    return Optional.of(identities.person(vouched(claims)));
  }

  /** As OpenID Connect Core, section 3.1.3.7, has it. */
  private void check(JsonNode claims, String nonce) {
    require(claims.path("iss").asString("").equals(provider.issuer()), "for another issuer");
    require(isFor(claims.path("aud")), "for another program");
    boolean several = claims.path("aud").isArray() && claims.path("aud").size() > 1;
    String party = claims.path("azp").asString("");
    require(party.isEmpty() ? !several : party.equals(provider.client()), "for another party");
    require(equal(nonce, claims.path("nonce").asString("")), "for another sign-in");
    Instant now = clock.instant();
    require(moment(claims, "exp").isAfter(now.minus(SKEW)), "over");
    Instant issued = moment(claims, "iat");
    require(issued.isBefore(now.plus(SKEW)), "from the future");
    require(issued.isAfter(now.minus(OLDEST)), "old");
    String subject = claims.path("sub").asString("");
    require(!subject.isEmpty() && subject.length() <= 255, "for nobody");
  }

  private boolean isFor(JsonNode audience) {
    if (!audience.isArray()) return audience.asString("").equals(provider.client());
    return audience.valueStream().anyMatch(one -> one.asString("").equals(provider.client()));
  }

  /** An address the provider does not vouch for could be anybody's. */
  private Identities.Vouched vouched(JsonNode claims) {
    String email = claims.path("email").asString("");
    boolean verified = claims.path("email_verified").asString("").equals("true");
    boolean trusted =
        settings
            .get(Name.POSTROOM_OPENID_TRUST_ADDRESSES)
            .filter("yes"::equalsIgnoreCase)
            .isPresent();
    boolean usable = email.contains("@") && email.length() <= 254 && (verified || trusted);
    return new Identities.Vouched(
        provider.issuer(),
        claims.path("sub").asString(""),
        usable ? email : null,
        claims.path("name").asString(""));
  }

  private String redirect(String here) {
    String base = settings.get(Name.POSTROOM_PUBLIC_URL).orElse(here);
    return base.replaceAll("/+$", "") + "/sign-in/openid/callback";
  }

  private static void require(boolean good, String what) {
    if (!good) throw new BadAnswer("The ID token is " + what + ".");
  }

  private static Instant moment(JsonNode claims, String name) {
    long seconds = claims.path(name).asLong(Long.MIN_VALUE);
    boolean sensible = seconds > 0 && seconds < 1L << 40;
    if (!sensible) throw new BadAnswer("The ID token does not say when: " + name + ".");
    return Instant.ofEpochSecond(seconds);
  }

  private static boolean equal(String mine, @Nullable String given) {
    return given != null
        && !mine.isEmpty()
        && MessageDigest.isEqual(
            mine.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

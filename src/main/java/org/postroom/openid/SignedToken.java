package org.postroom.openid;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed token (JWS, RFC 7515) of one of six algorithms with public keys (RFC 7518). The token
 * names its algorithm, so the list is closed and each goes with one type of key: neither "none" nor
 * a public key taken for a shared secret gets through.
 */
final class SignedToken {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 32_768;
  private static final int SHORTEST_RSA = 2048;

  private record Algorithm(
      String keyType, String name, @Nullable String curve, @Nullable PSSParameterSpec pss) {}

  private static final Map<String, Algorithm> ALGORITHMS =
      Map.of(
          "RS256", new Algorithm("RSA", "SHA256withRSA", null, null),
          "RS384", new Algorithm("RSA", "SHA384withRSA", null, null),
          "RS512", new Algorithm("RSA", "SHA512withRSA", null, null),
          "PS256", new Algorithm("RSA", "RSASSA-PSS", null, pss()),
          "ES256", new Algorithm("EC", "SHA256withECDSAinP1363Format", "secp256r1", null),
          "ES384", new Algorithm("EC", "SHA384withECDSAinP1363Format", "secp384r1", null));

  private SignedToken() {}

  /**
   * What the token claims, once its signature was found good.
   *
   * @param keys gives the provider's key of an id (null: any) and type
   */
  static JsonNode claims(
      String token, BiFunction<@Nullable String, String, @Nullable JsonNode> keys) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > LONGEST || parts.length != 3) throw new BadAnswer("There is no ID token.");
    JsonNode header = json(parts[0]);
    Algorithm algorithm = ALGORITHMS.get(header.path("alg").asString(""));
    if (algorithm == null)
      throw new BadAnswer("Signed in a way that is not taken: " + header.path("alg").asString(""));
    if (header.has("crit")) throw new BadAnswer("It asks for something that is not known here.");
    JsonNode id = header.get("kid");
    JsonNode key = keys.apply(id == null ? null : id.asString(""), algorithm.keyType());
    if (key == null) throw new BadAnswer("Signed with a key that the provider does not name.");
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!isGood(algorithm, key, signed, decoded(parts[2])))
      throw new BadAnswer("The signature is not the provider's.");
    return json(parts[1]);
  }

  private static boolean isGood(Algorithm algorithm, JsonNode key, byte[] signed, byte[] proof) {
    try {
      Signature signature = Signature.getInstance(algorithm.name());
      if (algorithm.pss() != null) signature.setParameter(algorithm.pss());
      signature.initVerify(publicKey(algorithm, key));
      signature.update(signed);
      return signature.verify(proof);
    } catch (GeneralSecurityException unusable) {
      return false;
    }
  }

  private static PublicKey publicKey(Algorithm algorithm, JsonNode key)
      throws GeneralSecurityException {
    return algorithm.curve() == null ? rsa(key) : ec(key, algorithm.curve());
  }

  private static RSAPublicKey rsa(JsonNode key) throws GeneralSecurityException {
    BigInteger modulus = number(key, "n");
    if (modulus.bitLength() < SHORTEST_RSA) throw new BadAnswer("The provider's key is too short.");
    var spec = new RSAPublicKeySpec(modulus, number(key, "e"));
    return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
  }

  /** The curve is the algorithm's, whatever the key says; a point off it is refused. */
  private static ECPublicKey ec(JsonNode key, String curve) throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    var point = new ECPoint(number(key, "x"), number(key, "y"));
    var spec = new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class));
    return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
  }

  private static BigInteger number(JsonNode key, String name) {
    byte[] bytes = decoded(key.path(name).asString(""));
    if (bytes.length == 0 || bytes.length > 2048)
      throw new BadAnswer("The provider's key is garbled.");
    return new BigInteger(1, bytes);
  }

  private static JsonNode json(String part) {
    try {
      JsonNode json = JSON.readTree(decoded(part));
      if (json.isObject()) return json;
    } catch (JacksonException garbled) {
      // told below
    }
    throw new BadAnswer("The ID token is garbled.");
  }

  private static byte[] decoded(String part) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException garbled) {
      throw new BadAnswer("The ID token is garbled.");
    }
  }

  private static PSSParameterSpec pss() {
    return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
  }
}

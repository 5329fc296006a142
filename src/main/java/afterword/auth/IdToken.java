package afterword.auth;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * What an identity provider signs about somebody, judged as OpenID Connect Core 3.1.3.7 asks: by
 * one of its present keys, for us, in time, and for the request that we made.
 */
final class IdToken {
  /** Public keys only: a secret that both sides know proves nothing about who wrote the token. */
  private static final String[] ALGORITHMS = {
    AlgorithmIdentifiers.RSA_USING_SHA256,
    AlgorithmIdentifiers.RSA_USING_SHA384,
    AlgorithmIdentifiers.RSA_USING_SHA512,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
    AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
    AlgorithmIdentifiers.EDDSA
  };

  private static final int CLOCKS_APART_SECONDS = 60;

  /** For whom and from whom it has to be. */
  record Expected(String issuer, String clientId, Optional<String> nonce) {}

  private IdToken() {}

  /**
   * Its claims; empty where anything is wrong. Computes a signature, so not on an event loop.
   *
   * @param keys the provider's, as JSON Web Key Set
   */
  static Optional<Map<String, Object>> claims(
      String token, String keys, Expected expected, Instant now) {
    try {
      var resolver = new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys());
      Map<String, Object> claims =
          new JwtConsumerBuilder()
              .setVerificationKeyResolver(resolver)
              .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
              .setExpectedIssuer(true, expected.issuer)
              .setExpectedAudience(true, expected.clientId)
              .setRequireSubject()
              .setRequireIssuedAt()
              .setRequireExpirationTime()
              .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
              .setAllowedClockSkewInSeconds(CLOCKS_APART_SECONDS)
              .build()
              .processToClaims(token)
              .getClaimsMap();
      return Optional.of(claims)
          .filter(found -> isForUs(found, expected.clientId))
          .filter(
              found -> expected.nonce.isEmpty() || expected.nonce.get().equals(found.get("nonce")));
    } catch (JoseException | InvalidJwtException refused) {
      return Optional.empty();
    }
  }

  /** One for several says which of them asked. */
  private static boolean isForUs(Map<String, Object> claims, String clientId) {
    boolean forSeveral = claims.get("aud") instanceof List<?> several && several.size() > 1;
    Object asked = claims.get("azp");
    return asked == null ? !forSeveral : asked.equals(clientId);
  }
}

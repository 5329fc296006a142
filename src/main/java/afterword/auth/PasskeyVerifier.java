package afterword.auth;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what devices answer (Web Authentication, 7.1 and 7.2): our origin, our name, the challenge
 * given, a person who was there and was recognised, a signature by the key, a counter that went on.
 * On a worker: the first call loads the library, each one computes a signature.
 */
final class PasskeyVerifier {
  /** COSE algorithms, the preferred one first: ES256, EdDSA, RS256. */
  static final List<Integer> ALGORITHMS = List.of(-7, -8, -257);

  private static final Logger LOG = LoggerFactory.getLogger(PasskeyVerifier.class);

  /** What a device answers when asked to make a credential. */
  record Attestation(byte[] object, byte[] clientData, Set<String> transports) {}

  /** What a device answers when asked to use one. */
  record Assertion(
      byte[] credentialId,
      byte[] userHandle,
      byte[] authenticatorData,
      byte[] clientData,
      byte[] signature) {}

  private static final class Library {
    static final ObjectConverter CONVERTER = new ObjectConverter();
    static final WebAuthnManager MANAGER =
        WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
    static final AttestedCredentialDataConverter CREDENTIALS =
        new AttestedCredentialDataConverter(CONVERTER);
    static final List<PublicKeyCredentialParameters> PARAMETERS =
        ALGORITHMS.stream()
            .map(
                algorithm ->
                    new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY,
                        COSEAlgorithmIdentifier.create(algorithm)))
            .toList();
  }

  private final Vertx vertx;
  private final String origin;
  private final String host;

  PasskeyVerifier(Vertx vertx, String publicBaseUrl) {
    URI base = URI.create(publicBaseUrl);
    this.vertx = vertx;
    this.origin = base.getScheme() + "://" + base.getRawAuthority();
    this.host = base.getHost();
  }

  /** The relying party's id: what a passkey is bound to. */
  String host() {
    return host;
  }

  /** Empty where it is not what was asked for. */
  Future<Optional<PasskeyStore.Credential>> verify(byte[] challenge, Attestation attestation) {
    return judged(
        () -> {
          var data =
              Library.MANAGER.verify(
                  new RegistrationRequest(
                      attestation.object, attestation.clientData, attestation.transports),
                  new RegistrationParameters(asked(challenge), Library.PARAMETERS, true, true));
          var made = data.getAttestationObject().getAuthenticatorData();
          return new PasskeyStore.Credential(
              made.getAttestedCredentialData().getCredentialId(),
              Library.CREDENTIALS.convert(made.getAttestedCredentialData()),
              attestation.transports.stream().sorted().toList(),
              made.isFlagBE(),
              made.getSignCount());
        });
  }

  /** The device's count after this use; empty where the answer is not by this credential. */
  Future<Optional<Long>> verify(
      byte[] challenge, PasskeyStore.Credential known, Assertion assertion) {
    return judged(
        () ->
            Library.MANAGER
                .verify(
                    new AuthenticationRequest(
                        assertion.credentialId,
                        assertion.userHandle,
                        assertion.authenticatorData,
                        assertion.clientData,
                        assertion.signature),
                    new AuthenticationParameters(asked(challenge), stored(known), null, true, true))
                .getAuthenticatorData()
                .getSignCount());
  }

  private static CredentialRecordImpl stored(PasskeyStore.Credential known) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        known.backupEligible(),
        null,
        known.counter(),
        Library.CREDENTIALS.convert(known.credential()),
        null,
        null,
        null,
        null);
  }

  private ServerProperty asked(byte[] challenge) {
    return ServerProperty.builder()
        .origin(Origin.create(origin))
        .rpId(host)
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  /** Whatever a library throws at bytes from outside is a refusal. */
  private <T> Future<Optional<T>> judged(Callable<T> judgement) {
    return vertx.executeBlocking(
        () -> {
          try {
            return Optional.of(judgement.call());
          } catch (RuntimeException refused) {
            // Its message may repeat a challenge.
            LOG.debug("passkey refused: {}", refused.getClass().getSimpleName());
            return Optional.empty();
          }
        },
        false);
  }
}

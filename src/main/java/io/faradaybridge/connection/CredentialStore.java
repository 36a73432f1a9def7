package io.faradaybridge.connection;

import io.faradaybridge.secrets.SecretUnreadable;
import io.faradaybridge.secrets.Secrets;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The stored credentials of the bridge: only the last ones that a user stored or authorised. */
@Component
class CredentialStore {

    private final Secrets secrets;

    CredentialStore(Secrets secrets) {
        this.secrets = secrets;
    }

    /** @throws SecretUnreadable with the settings to check */
    Optional<StoredCredentials> find() {
        return secrets.find(Secrets.CREDENTIALS).map(StoredCredentials::read);
    }

    /** Like {@link #find}, and locks them until the caller's transaction ends. */
    Optional<StoredCredentials> lock() {
        return secrets.findLocked(Secrets.CREDENTIALS).map(StoredCredentials::read);
    }

    boolean exists() {
        return secrets.has(Secrets.CREDENTIALS);
    }

    void save(StoredCredentials credentials) {
        secrets.save(Secrets.CREDENTIALS, credentials.json());
    }

    void remove() {
        secrets.remove(Secrets.CREDENTIALS);
    }
}
